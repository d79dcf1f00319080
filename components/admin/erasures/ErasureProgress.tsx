import { Text } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { ERASURE_PHASES } from "@/lib/erasure";
import { formatBytes, formatTime } from "@/lib/format";
import classes from "./Erasures.module.css";
import { ERASURE_PHASE_WORDS } from "./erasureWords";
import type { Erasure } from "./types";

/** How far an erasure is, and what it waits for. */
export function ErasureProgress({ erasure }: { erasure: Erasure }) {
  const { phase, problem, nextAttemptAt } = erasure;
  const rows = erasure.erased.reduce((sum, each) => sum + each.rows, 0);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Panel title="The erasure goes on by itself">
      <ol className={classes.phases}>
        {ERASURE_PHASES.map((each) => (
          <li key={each} aria-current={each === phase ? "step" : undefined}>
            {ERASURE_PHASE_WORDS[each]}
          </li>
        ))}
      </ol>
      <Text size="sm" mt="md" role="status">
        {rows.toLocaleString("en-US")} rows and {erasure.files.toLocaleString("en-US")} files (
        {formatBytes(erasure.bytes)}) are gone.
      </Text>
      {problem && (
        <Text size="sm" mt="sm" role="alert">
          {problem}{" "}
          {nextAttemptAt !== undefined &&
            `It is tried again at ${formatTime(nextAttemptAt, zone)}.`}
        </Text>
      )}
    </Panel>
  );
}
