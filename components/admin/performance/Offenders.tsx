"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "convex/react";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import { countWords, type FunctionDay } from "./figures";
import classes from "./Performance.module.css";

type OffendersProps = { day: number; onOpen: (path: string) => void };

/** What somebody should look at that day. */
export function Offenders({ day, onOpen }: OffendersProps) {
  const found = useQuery(api.staff.performance.offenders, { day });
  if (found === undefined) {
    return <Skeleton height={120} radius="md" mb="md" role="status" aria-label="Loading" />;
  }
  return (
    <div className={classes.offenders}>
      <Worst
        title="Over budget"
        none="Every run stayed within its budget."
        rows={found.overruns}
        words={(row) =>
          `${times(row.overruns)}, up to ${countWords(row.mostDocuments)} documents and ${countWords(row.mostIndexRanges)} index ranges`
        }
        onOpen={onOpen}
      />
      <Worst
        title="Failing"
        none="Nothing failed."
        rows={found.failed}
        words={(row) => `${countWords(row.failed)} of ${countWords(row.calls)} calls`}
        onOpen={onOpen}
      />
      <Worst
        title="One read for each row"
        none="No function reads more for each row it shows."
        rows={found.growing}
        words={(row) => `${countWords(row.rangesPerRow)} index ranges for each further row`}
        onOpen={onOpen}
      />
    </div>
  );
}

type WorstProps = {
  title: string;
  none: string;
  rows: FunctionDay[];
  words: (row: FunctionDay) => string;
  onOpen: (path: string) => void;
};

function Worst({ title, none, rows, words, onOpen }: WorstProps) {
  return (
    <Panel title={title}>
      {rows.length === 0 ? (
        <p className={classes.fine}>{none}</p>
      ) : (
        <ul className={classes.worst}>
          {rows.map((row) => (
            <li key={row.path}>
              <button type="button" className={classes.path} onClick={() => onOpen(row.path)}>
                {row.path}
              </button>
              <span className={classes.sub}>{words(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function times(count: number): string {
  return count === 1 ? "Once" : `${countWords(count)} times`;
}
