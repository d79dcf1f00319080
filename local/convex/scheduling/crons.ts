/**
 * Cron jobs of crons.ts, of the app and of components. One row per job says when it is due next, so
 * that a restart neither forgets a run nor repeats one; runs that were missed while the engine was
 * off are made up for once. A run moves the row on in its own transaction (mutations) or before it
 * starts (actions), and one job never overlaps itself.
 */
import { canonicalPath, type CronSpec, type Deployment } from "../functions/registry.ts";
import { newRequestId } from "../runtime/errors.ts";
import { ENGINE_REQUEST } from "../runtime/execution.ts";
import { SYSTEM } from "../runtime/identity.ts";
import type { Call, Runner } from "../runtime/runner.ts";
import type { Store, WriteTransaction } from "../store/types.ts";
import { CRON_JOBS, findRow, rows } from "../systemTables.ts";
import { nextTime } from "./cronTimes.ts";

type CronRow = { component: string; name: string; schedule: string; nextTime: number };
type CronJob = CronSpec & { component: string };

const LONGEST_SLEEP_MS = 60 * 60_000;
const RETRY_MS = 1000;

export class Crons {
  readonly #store: Store;
  readonly #runner: Runner;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Set<string>();
  #jobs = new Map<string, CronJob>();
  #stopped = false;

  constructor(store: Store, runner: Runner) {
    this.#store = store;
    this.#runner = runner;
  }

  /** Makes the jobs those of `deployment`: new ones start, changed ones start over, others end. */
  async deploy(deployment: Deployment): Promise<void> {
    const jobs = new Map<string, CronJob>();
    for (const { path: component, crons } of deployment.components.values()) {
      for (const cron of crons) jobs.set(key(component, cron.cronName), { ...cron, component });
    }
    await this.#store.mutate((tx) => {
      for (const row of [...rows<CronRow>(tx, `${CRON_JOBS}.by_name`)]) {
        const job = jobs.get(key(row.component, row.name));
        if (job === undefined || JSON.stringify(job.schedule) !== row.schedule)
          tx.remove("", row._id);
      }
      for (const { component, cronName: name, schedule } of jobs.values()) {
        if (findRow<CronRow>(tx, `${CRON_JOBS}.by_name`, { component, name }) !== null) continue;
        const first = nextTime(schedule, name, null, Date.now());
        tx.insert("", CRON_JOBS, {
          component,
          name,
          schedule: JSON.stringify(schedule),
          nextTime: first,
        });
      }
    });
    this.#jobs = jobs;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const id of jobs.keys()) this.#arm(id);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #arm(id: string, atLeast = 0): void {
    const job = this.#jobs.get(id);
    if (job === undefined || this.#stopped) return;
    const due = this.#row(job)?.nextTime ?? Infinity;
    const delay = Math.min(Math.max(due - Date.now(), atLeast), LONGEST_SLEEP_MS);
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => (due <= Date.now() ? void this.#run(id, job, due) : this.#arm(id)), delay),
    );
  }

  async #run(id: string, job: CronJob, due: number): Promise<void> {
    if (this.#running.has(id)) return;
    this.#running.add(id);
    let retry = 0;
    try {
      const call: Call = {
        component: job.component,
        path: canonicalPath(job.name),
        args: job.args[0] ?? {},
        request: { ...ENGINE_REQUEST, requestId: newRequestId(), identity: SYSTEM, reason: "cron" },
        allowed: "all",
      };
      const advance = (tx: WriteTransaction) => this.#advance(tx, job, due);
      const replay = (tx: WriteTransaction) =>
        this.#rowIn(tx, job)?.nextTime === due ? null : { value: null, ts: tx.ts };
      if (this.#runner.kindOf(call) === "action") {
        const { result } = await this.#store.mutate(advance);
        if (result) await this.#runner.action(call);
      } else {
        await this.#runner.mutation(call, { replay, record: advance, recordFailure: advance });
      }
    } catch {
      retry = RETRY_MS; // the engine's failure, not the function's: the job is still due
    } finally {
      this.#running.delete(id);
      this.#arm(id, retry);
    }
  }

  /** Moves the job to its next time; false when somebody else did. */
  #advance(tx: WriteTransaction, job: CronJob, due: number): boolean {
    const row = this.#rowIn(tx, job);
    if (row?.nextTime !== due) return false;
    tx.patch("", row._id, { nextTime: nextTime(job.schedule, job.cronName, due, Date.now()) });
    return true;
  }

  #row(job: CronJob): CronRow | null {
    const tx = this.#store.snapshot();
    try {
      return this.#rowIn(tx, job);
    } finally {
      tx.close();
    }
  }

  #rowIn(tx: Parameters<typeof findRow>[0], { component, cronName: name }: CronJob) {
    return findRow<CronRow>(tx, `${CRON_JOBS}.by_name`, { component, name });
  }
}

function key(component: string, name: string): string {
  return `${component};${name}`;
}
