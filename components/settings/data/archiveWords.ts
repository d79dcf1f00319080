import { formatBytes, formatDate } from "@/lib/format";
import type { Archive } from "./ArchiveList";

const NUMBER = new Intl.NumberFormat("en-US");

/** What stands with an archive, as a sentence. */
export function stateWords({ state, step, steps, expiresAt }: Archive): string {
  switch (state) {
    case "running":
      return step === steps
        ? "Packing your files. You can leave this page."
        : `Step ${step} of ${steps}. You can leave this page.`;
    case "ready":
      return expiresAt === null
        ? "Ready."
        : `Ready. Can be downloaded until ${formatDate(expiresAt)}.`;
    case "uploaded":
      return "Being restored by Sunup.";
    case "failed":
      return "Could not be written. Try again; if it keeps happening, write to support.";
    case "expired":
      return "Removed. Export again if you need it.";
  }
}

/** "1,204 records, 37 files, 12.4 MB" */
export function archiveWords({ rows, files, bytes }: Pick<Archive, "rows" | "files" | "bytes">) {
  const records = `${NUMBER.format(rows)} ${rows === 1 ? "record" : "records"}`;
  const papers = `${NUMBER.format(files)} ${files === 1 ? "file" : "files"}`;
  return `${records}, ${papers}, ${formatBytes(bytes)}`;
}
