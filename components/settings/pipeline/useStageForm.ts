import { useMutation } from "convex/react";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useFormEdits } from "@/components/ui/useFormEdits";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { checkStage, type StageErrors, type StageField, type StageValues } from "./stageValues";
import type { EditableStage } from "./types";

/** A stage's form over the live stage; without one, for a new stage. `others` are the other stages' names. */
export function useStageForm(
  live: StageValues,
  stage: EditableStage | undefined,
  others: readonly string[],
  onSaved: () => void,
) {
  const add = useMutation(api.pipelineStages.add);
  const update = useMutation(api.pipelineStages.update);
  const edits = useFormEdits<StageValues>(live);
  const [errors, setErrors] = useState<StageErrors>({});

  function change<Field extends StageField>(field: Field, value: StageValues[Field]) {
    edits.change(field, value);
    setErrors((all) => ({ ...all, [field]: undefined }));
  }

  function mark(found: StageErrors) {
    setErrors(found);
    const first = Object.keys(found)[0];
    document.querySelector<HTMLElement>(`[role="dialog"] [name="${first}"]`)?.focus();
  }

  const [save, busy] = useExclusive(async () => {
    const checked = checkStage(edits.values, others);
    if (!checked.ok) return mark(checked.errors);
    if (edits.overtaken.length > 0) return;
    try {
      if (stage) {
        await update({ stageId: stage._id, revision: stage.revision, ...checked.stage });
      } else {
        await add(checked.stage);
      }
      toastSuccess(stage ? "Stage saved." : "Stage added.");
      onSaved();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field !== undefined) mark({ [data.field]: data.message });
      else toastError(thrown);
    }
  });

  return { ...edits, errors, change, save, busy };
}
