import { useMutation } from "convex/react";
import { useEffect, useRef, useState } from "react";
import { uploadFile } from "@/components/files/uploadFile";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { describeError, errorData, sunupError } from "@/lib/errors";
import { contentTypeOf, fileProblem } from "@/lib/files";
import type { SurveyDetail } from "../types";
import { forgetPhoto, keepPhoto, type KeptPhoto, keptPhotos } from "./photoStore";

const AGAIN_MS = 5_000;

/** A photo on this device, with why it cannot be sent if that is known. */
export type WaitingPhoto = KeptPhoto & { problem?: string };

/**
 * A survey's photos: each is kept in this browser at once and sent one after another when there is
 * a connection, also after the page was closed and opened again.
 */
export function usePhotos({ _id: surveyId, photos, status }: SurveyDetail) {
  const [waiting, setWaiting] = useState<WaitingPhoto[]>([]);
  const [attempt, setAttempt] = useState(0);
  const sending = useRef(false);
  const start = useMutation(api.surveys.startPhoto);
  const add = useMutation(api.surveys.addPhoto);

  useEffect(() => {
    const known = (kept: KeptPhoto[], last: WaitingPhoto[]) =>
      kept.filter(({ key }) => last.every((each) => each.key !== key));
    keptPhotos(surveyId).then(
      (kept) => setWaiting((last) => [...known(kept, last), ...last]),
      toastError,
    );
  }, [surveyId]);

  const next = waiting.find(({ problem }) => problem === undefined);
  const arrived = next !== undefined && photos.some(({ key }) => key === next.key);
  useEffect(() => {
    if (!next || sending.current || status !== "scheduled") return;
    const { key, slot, file } = next;
    async function send() {
      try {
        if (!arrived) {
          await uploadFile(file, {
            start: (args) => start({ ...args, surveyId }),
            claim: (upload) => add({ ...upload, surveyId, slot, key }),
          });
        }
        await forgetPhoto(key);
        setWaiting((last) => last.filter((each) => each.key !== key));
        setAttempt(0);
      } catch (thrown) {
        const code = errorData(thrown)?.code;
        // What the server refuses stays refused; all else is the way there, and is tried again.
        if (code === undefined || code === "CONFLICT") return setAttempt((last) => last + 1);
        const problem = describeError(thrown).message;
        setWaiting((last) => last.map((each) => (each.key === key ? { ...each, problem } : each)));
      } finally {
        sending.current = false;
      }
    }
    const timer = setTimeout(
      () => {
        sending.current = true;
        void send();
      },
      attempt === 0 ? 0 : AGAIN_MS,
    );
    return () => clearTimeout(timer);
  }, [next, arrived, attempt, status, surveyId, start, add]);

  async function take(slot: string, files: readonly File[]) {
    for (const file of files) {
      const contentType = contentTypeOf(file);
      const problem = contentType.startsWith("image/")
        ? fileProblem("document", { size: file.size, contentType })
        : "This is no picture.";
      if (problem !== null) {
        toastError(sunupError("INVALID", { message: problem, nextStep: "Choose another one." }));
        continue;
      }
      const photo = { key: crypto.randomUUID(), surveyId, slot, file };
      try {
        await keepPhoto(photo);
      } catch (thrown) {
        // No room in this browser: it is sent from here, as long as the page is open.
        toastError(thrown);
      }
      setWaiting((last) => [...last, photo]);
    }
  }

  async function drop(key: string) {
    await forgetPhoto(key).catch(toastError);
    setWaiting((last) => last.filter((each) => each.key !== key));
  }

  // What has arrived is shown as the server has it, from the moment on that it says so.
  const unsent = waiting.filter(({ key }) => !photos.some((photo) => photo.key === key));
  return { waiting: unsent, take, drop };
}
