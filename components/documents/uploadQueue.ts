import { describeError } from "@/lib/errors";
import { type DocumentKind, guessDocumentKind } from "@/lib/documents";
import { contentTypeOf, fileProblem } from "@/lib/files";
import type { UploadWatch } from "@/components/files/uploadFile";

/** A file on its way into a project. It leaves the queue when it is a document. */
export type Upload = {
  id: string;
  file: File;
  kind: DocumentKind;
  /** While it is "saving", its kind is on its way too and no longer changes here. */
  state: "waiting" | "sending" | "saving" | "failed";
  /** From 0 to 1. */
  sent: number;
  /** Why it failed, as a sentence. */
  problem?: string;
  /** False when sending the same file again cannot help. */
  retryable?: boolean;
};

/** Sends one file. Its kind may change while the bytes are on their way, and is settled when it is saved. */
type Send = (file: File, settleKind: () => DocumentKind, watch: UploadWatch) => Promise<unknown>;

/** So many files are sent at once; the others wait. */
const AT_ONCE = 3;

export type UploadQueue = ReturnType<typeof uploadQueue>;

/** Files on their way, a few at a time. Lives outside React, so that leaving the page ends nothing. */
export function uploadQueue(send: Send) {
  let uploads: readonly Upload[] = [];
  const running = new Map<string, AbortController>();
  const listeners = new Set<() => void>();

  function set(next: readonly Upload[]) {
    uploads = next;
    for (const listener of listeners) listener();
  }

  function change(id: string, part: Partial<Upload>) {
    set(uploads.map((each) => (each.id === id ? { ...each, ...part } : each)));
  }

  function startNext() {
    for (const { id, file } of uploads.filter(({ state }) => state === "waiting")) {
      if (running.size >= AT_ONCE) return;
      const ending = new AbortController();
      running.set(id, ending);
      change(id, { state: "sending", sent: 0, problem: undefined });
      void run(id, file, ending);
    }
  }

  async function run(id: string, file: File, ending: AbortController) {
    const settleKind = () => {
      change(id, { state: "saving" });
      return uploads.find((each) => each.id === id)?.kind ?? "other";
    };
    const onProgress = (sent: number) => change(id, { sent });
    try {
      await send(file, settleKind, { signal: ending.signal, onProgress });
      set(uploads.filter((each) => each.id !== id));
    } catch (thrown) {
      const { code, message, nextStep } = describeError(thrown);
      const retryable = code !== "INVALID" && code !== "FORBIDDEN";
      change(id, { state: "failed", problem: `${message} ${nextStep}`, retryable });
    } finally {
      running.delete(id);
      startNext();
    }
  }

  return {
    /** For `useSyncExternalStore`. */
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    uploads: () => uploads,

    /** Takes files; what cannot be a document says so at once and is not sent. */
    add(files: readonly File[]) {
      const added = files.map((file): Upload => {
        const contentType = contentTypeOf(file);
        const problem = fileProblem("document", { size: file.size, contentType });
        const kind = guessDocumentKind(file.name, contentType);
        const upload = { id: crypto.randomUUID(), file, kind, sent: 0 };
        return problem === null
          ? { ...upload, state: "waiting" }
          : { ...upload, state: "failed", problem, retryable: false };
      });
      set([...uploads, ...added]);
      startNext();
    },

    /** Has no effect once the file is being saved. */
    setKind(id: string, kind: DocumentKind) {
      set(
        uploads.map((each) =>
          each.id === id && each.state !== "saving" ? { ...each, kind } : each,
        ),
      );
    },

    /** Ends an upload, or takes a failed one off the list. */
    drop(id: string) {
      set(uploads.filter((each) => each.id !== id));
      running.get(id)?.abort(new Error("The upload was ended."));
    },

    retry(id: string) {
      change(id, { state: "waiting", sent: 0, problem: undefined });
      startNext();
    },
  };
}
