import { setTimeout as sleep } from "node:timers/promises";
import { type Deployment, startDeployment } from "./app/deployment.ts";
import { type Clock, Session } from "./app/session.ts";
import { percentile, report } from "./figures.ts";

const SIZES = [10, 100, 1_000];
/** Companies that sign up at the same time. */
const AT_ONCE = 8;
/** Things that people do, all companies together: the same at every size. */
const PER_SECOND = 6;
const WARM_UP_SECONDS = 8;
const ROUNDS = 3;
const ROUND_SECONDS = 6;
/** How long a thing may take before the measurement is given up. */
const PATIENCE_MS = 30_000;

/** What people do, the more often the more often it stands here. */
const ACTIONS = ["openBoard", "rename", "move", "takeLead", "search", "signIn"] as const;

/**
 * app.*: 10, 100 and 1,000 companies on one deployment, each with its dashboard open and live, and
 * the same number of things done a second by people of companies taken at random. What grows with
 * the companies is to be seen in app.p95_ratio_1000_over_10_tenants: 1 is a flat curve.
 */
export async function measureApp(): Promise<void> {
  const deployment = await startDeployment();
  const sessions: Session[] = [];
  const p95: number[] = [];
  try {
    for (const size of SIZES) {
      await openUntil(size, deployment, sessions);
      await load(sessions, WARM_UP_SECONDS, () => {});
      const rounds: Map<string, number[]>[] = [];
      const processorBefore = deployment.processorMs();
      for (let round = 0; round < ROUNDS; round++) {
        const samples = new Map<string, number[]>();
        await load(sessions, ROUND_SECONDS, (name, ms) =>
          samples.set(name, [...(samples.get(name) ?? []), ms]),
        );
        rounds.push(samples);
      }
      reportSize(size, rounds);
      const processorAfter = deployment.processorMs();
      if (processorBefore !== null && processorAfter !== null) {
        const things = ROUNDS * ROUND_SECONDS * PER_SECOND;
        const each = (processorAfter - processorBefore) / things;
        report(`app.engine_processor_ms_per_action_${size}`, each, "ms");
      }
      report(`app.engine_rss_mb_${size}`, deployment.memoryMb(), "MB");
      // The median of the rounds: what else the machine does for a moment does not count.
      p95.push(
        percentile(
          rounds.map((each) => percentile(callsIn(each), 0.95)),
          0.5,
        ),
      );
    }
    report("app.p95_ratio_1000_over_10_tenants", p95.at(-1)! / p95[0]!, "ratio");
  } finally {
    for (const session of sessions) await session.close();
    await deployment.close();
  }
}

async function openUntil(size: number, deployment: Deployment, sessions: Session[]) {
  const numbers = Array.from({ length: size - sessions.length }, (_, n) => sessions.length + n);
  const queue = numbers.values();
  const open = async () => {
    for (const number of queue) sessions.push(await Session.open(deployment, number));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, open));
}

/** Does things at an even rate, whether or not those before are done, and waits for all of them. */
async function load(sessions: Session[], seconds: number, clock: Clock): Promise<void> {
  const done: Promise<void>[] = [];
  const busy = new Set<Session>();
  const began = performance.now();
  for (let n = 0; n < seconds * PER_SECOND; n++) {
    const due = began + (n * 1_000) / PER_SECOND;
    await sleep(Math.max(0, due - performance.now()));
    // One thing at a time in a company: its people are not in each other's way here.
    const free = sessions.filter((each) => !busy.has(each));
    const session = free[Math.floor(Math.random() * free.length)];
    if (session === undefined) continue;
    busy.add(session);
    const action = ACTIONS[n % ACTIONS.length]!;
    done.push(session[action](clock).finally(() => busy.delete(session)));
  }
  await inTime(Promise.all(done));
}

/** Throws when the work is not done within PATIENCE_MS. */
async function inTime(work: Promise<unknown>): Promise<void> {
  const gone = AbortSignal.timeout(PATIENCE_MS);
  const late = new Promise<never>((_, reject) => {
    gone.addEventListener("abort", () => reject(new Error("Something was not answered in time.")));
  });
  await Promise.race([work, late]);
}

function reportSize(size: number, rounds: Map<string, number[]>[]): void {
  const names = new Set(rounds.flatMap((each) => [...each.keys()]));
  for (const name of [...names].sort()) {
    const all = rounds.flatMap((each) => each.get(name) ?? []);
    report(`app.${name}_p50_ms_${size}`, percentile(all, 0.5), "ms");
    report(`app.${name}_p95_ms_${size}`, percentile(all, 0.95), "ms");
  }
}

/** Every call of a function; what is made of several is left out. */
function callsIn(samples: Map<string, number[]>): number[] {
  return [...samples].flatMap(([name, times]) => (name.includes(".") ? times : []));
}
