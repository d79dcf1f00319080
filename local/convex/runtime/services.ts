/** The parts of the engine that syscalls use. */
import type { Files } from "../files.ts";
import type { Deployment } from "../functions/registry.ts";
import type { LogSink } from "../logs/sink.ts";
import type { Jobs } from "../scheduling/jobs.ts";
import type { Store } from "../store/types.ts";
import type { Runner } from "./runner.ts";

export interface Services {
  readonly store: Store;
  readonly runner: Runner;
  readonly files: Files;
  readonly jobs: Jobs;
  readonly log: LogSink;
  /** The code that runs now; it changes with a reload. */
  deployment(): Deployment;
}
