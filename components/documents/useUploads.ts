import { useConvex } from "convex/react";
import type { ConvexReactClient } from "convex/react";
import { useEffect, useSyncExternalStore } from "react";
import { uploadFile } from "@/components/files/uploadFile";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { type Upload, type UploadQueue, uploadQueue } from "./uploadQueue";

const queues = new Map<Id<"projects">, UploadQueue>();

const NONE: readonly Upload[] = [];

/** The files on their way into a project, also those that were begun before the page was left and opened again. */
export function useUploads(projectId: Id<"projects">) {
  const convex = useConvex();
  const queue = queueOf(convex, projectId);
  const uploads = useSyncExternalStore(queue.subscribe, queue.uploads, () => NONE);
  const busy = uploads.some(({ state }) => state !== "failed");
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [busy]);
  return { uploads, queue };
}

function queueOf(convex: ConvexReactClient, projectId: Id<"projects">): UploadQueue {
  const known = queues.get(projectId);
  if (known) return known;
  const queue = uploadQueue((file, settleKind, watch) =>
    uploadFile(
      file,
      {
        start: (args) => convex.mutation(api.documents.startUpload, { ...args, projectId }),
        claim: (upload) =>
          convex.mutation(api.documents.add, { ...upload, projectId, kind: settleKind() }),
      },
      watch,
    ),
  );
  queues.set(projectId, queue);
  return queue;
}
