import { useMutation } from "convex/react";
import { useEffect, useState } from "react";
import { uploadFile } from "@/components/files/uploadFile";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { fileProblem } from "@/lib/files";

/** A picture that was chosen and not saved yet. */
type Chosen = {
  file: File;
  /** Its address in this browser. */
  preview: string;
  /** The logo that stood there when it was chosen: another one since then is not overwritten. */
  replaces: Id<"files"> | null;
};

/** Choosing, saving and removing the logo that is now `current`. */
export function useLogo(current: Id<"files"> | null) {
  const start = useMutation(api.company.startLogoUpload);
  const setLogo = useMutation(api.company.setLogo);
  const removeLogo = useMutation(api.company.removeLogo);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (chosen === null) return;
    return () => URL.revokeObjectURL(chosen.preview);
  }, [chosen]);

  function choose(file: File | null) {
    const wrong = file && fileProblem("logo", { size: file.size, contentType: file.type });
    setProblem(wrong);
    if (file === null || wrong) return setChosen(null);
    setChosen({ file, preview: URL.createObjectURL(file), replaces: current });
  }

  const [save, saving] = useExclusive(async () => {
    if (chosen === null) return;
    const { file, replaces } = chosen;
    try {
      await uploadFile(file, { start, claim: (upload) => setLogo({ ...upload, replaces }) });
      setChosen(null);
      toastSuccess("Logo saved.");
    } catch (thrown) {
      toastError(thrown);
    }
  });

  const [remove, removing] = useExclusive(async (fileId: Id<"files">) => {
    try {
      await removeLogo({ fileId });
      toastSuccess("Logo removed.");
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return { chosen, choose, problem, save, saving, remove, removing };
}
