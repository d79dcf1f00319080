import { useConvex } from "convex/react";
import { useEffect, useRef, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { IMPORT_BATCH, leadOfRow } from "@/lib/leadImport";
import type { LeadFile } from "./readLeadFile";

/**
 * Sends a file's rows batch by batch, always those that the server asks for next: after a
 * reload, in two tabs or after a lost connection, nothing is taken in twice or left out.
 */
export function useImportRun() {
  const convex = useConvex();
  const [running, setRunning] = useState<Id<"leadImports"> | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => void (left.current = true);
  }, []);

  async function run(importId: Id<"leadImports">, file: LeadFile): Promise<void> {
    setRunning(importId);
    try {
      const { nextRow, mapping } = await convex.query(api.leadImports.get, { importId });
      for (let from = nextRow; !left.current;) {
        const rows = file.rows
          .slice(from, from + IMPORT_BATCH)
          .map((cells) => leadOfRow(cells, mapping));
        const next = await convex.mutation(api.leadImports.addRows, { importId, from, rows });
        if (next.status !== "running") break;
        from = next.nextRow;
      }
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setRunning(null);
    }
  }

  return { run, running };
}
