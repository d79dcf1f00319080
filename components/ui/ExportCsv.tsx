import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { PaginationOptions, PaginationResult } from "convex/server";
import { useEffect, useRef, useState } from "react";
import { type CsvRow, saveCsv } from "./csv";
import { toastError, toastSuccess } from "./toasts";

const PAGE = 200;

type ExportCsvProps<Item> = {
  /** What the file is called, before the day. */
  name: string;
  /** How one and several of what is exported are called. */
  words: [one: string, several: string];
  /** The next page of what is exported. */
  next: (paginationOpts: PaginationOptions) => Promise<PaginationResult<Item>>;
  /** Has it recorded that so many left, before they do. */
  record: (count: number) => Promise<unknown>;
  /** The lines of the file, headings first. */
  rowsOf: (items: Item[]) => CsvRow[];
};

/** Downloads a list as a CSV file, page by page; a second click stops it. */
export function ExportCsv<Item>({ name, words, next, record, rowsOf }: ExportCsvProps<Item>) {
  const [loaded, setLoaded] = useState<number | null>(null);
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);

  async function run() {
    stopped.current = false;
    setLoaded(0);
    try {
      const items: Item[] = [];
      let cursor: string | null = null;
      for (let done = false; !done && !stopped.current;) {
        const result: PaginationResult<Item> = await next({ numItems: PAGE, cursor });
        items.push(...result.page);
        ({ continueCursor: cursor, isDone: done } = result);
        setLoaded(items.length);
      }
      if (stopped.current) return;
      await record(items.length);
      saveCsv(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, rowsOf(items));
      toastSuccess(`${items.length} ${words[items.length === 1 ? 0 : 1]} exported.`);
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setLoaded(null);
    }
  }

  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} stroke={1.8} aria-hidden />}
      onClick={() => (loaded === null ? void run() : (stopped.current = true))}
    >
      <span aria-live="polite">{loaded === null ? "Export" : `${loaded} so far – stop`}</span>
    </Button>
  );
}
