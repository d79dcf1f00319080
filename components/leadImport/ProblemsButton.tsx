"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import { saveCsv } from "@/components/ui/csv";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { ImportRow } from "./types";

const PAGE = 200;

/** Downloads the rows that could not be taken in as CSV: corrected, that file can be imported. */
export function ProblemsButton({ row }: { row: ImportRow }) {
  const convex = useConvex();
  const next = (cursor: string | null) =>
    convex.query(api.leadImports.problems, {
      importId: row._id,
      paginationOpts: { numItems: PAGE, cursor },
    });
  const [download, busy] = useExclusive(async () => {
    try {
      const lines: (string | number)[][] = [
        ["Name", "E-mail", "Phone", "Address", "Notes", "Row", "Problem"],
      ];
      let cursor: string | null = null;
      for (let done = false; !done;) {
        const page: Awaited<ReturnType<typeof next>> = await next(cursor);
        for (const { line, problem, lead } of page.page) {
          const { name, email, phone, address, notes } = lead;
          lines.push([name, email, phone, address, notes, line, problem]);
        }
        ({ continueCursor: cursor, isDone: done } = page);
      }
      saveCsv(`problems of ${row.fileName}`.replace(/(\.csv)?$/i, ".csv"), lines);
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} stroke={1.8} aria-hidden />}
      loading={busy}
      onClick={() => void download()}
    >
      Rows with problems
    </Button>
  );
}
