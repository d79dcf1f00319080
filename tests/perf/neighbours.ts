import { setTimeout as sleep } from "node:timers/promises";
import { startDeployment } from "./app/deployment.ts";
import { Session } from "./app/session.ts";
import { percentile, report } from "./figures.ts";

/** Windows of the noisy company, each calling as fast as it is answered. */
const WINDOWS = 4;
const ROUNDS = 4;
const ROUND_SECONDS = 8;
/** What the quiet company does in a second. */
const PER_SECOND = 12;

/**
 * neighbours.*: what a company notices of another one that calls without end. The quiet company
 * looks at its board and renames a project at an even rate, with the noisy one still and with it
 * hammering from several windows, in turn. The ratio of the two p95s: 1 is nothing noticed.
 */
export async function measureNeighbours(): Promise<void> {
  const deployment = await startDeployment();
  const sessions: Session[] = [];
  try {
    const quiet = await Session.open(deployment, 1);
    sessions.push(quiet);
    const noisy = await Session.open(deployment, 2);
    sessions.push(noisy);
    await work(quiet, new Map());
    const alone = new Map<string, number[]>();
    const beside = new Map<string, number[]>();
    let calls = 0;
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await work(quiet, alone);
      const over = new AbortController();
      const hammering = noisy.hammer(WINDOWS, over.signal);
      try {
        await work(quiet, beside);
      } finally {
        over.abort();
      }
      const made = await hammering;
      calls += made.calls;
      refused += made.refused;
    }
    const seconds = ROUNDS * ROUND_SECONDS;
    report("neighbours.noisy_calls_per_s", calls / seconds, "calls/s");
    report("neighbours.noisy_refused_share", refused / calls, "ratio");
    for (const name of ["projects.list", "projects.update", "push"]) {
      const [still, loud] = [alone, beside].map((each) => percentile(each.get(name) ?? [], 0.95));
      report(`neighbours.${name}_p95_ms_alone`, still!, "ms");
      report(`neighbours.${name}_p95_ms_beside`, loud!, "ms");
      report(`neighbours.${name}_p95_ratio`, loud! / still!, "ratio");
    }
  } finally {
    for (const session of sessions) await session.close();
    await deployment.close();
  }
}

/** Looks and changes of one company at an even rate, for a round. */
async function work(session: Session, samples: Map<string, number[]>): Promise<void> {
  const clock = (name: string, ms: number) =>
    void samples.set(name, [...(samples.get(name) ?? []), ms]);
  const began = performance.now();
  for (let n = 0; n < ROUND_SECONDS * PER_SECOND; n++) {
    await sleep(Math.max(0, began + (n * 1_000) / PER_SECOND - performance.now()));
    await (n % 2 === 0 ? session.rename(clock) : session.look(clock));
  }
}
