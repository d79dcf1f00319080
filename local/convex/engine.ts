/**
 * The engine without its sockets: the store, the code, and what runs it. Parts know each other only
 * through what they are given here.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { Authenticator } from "./auth.ts";
import { Deployer } from "./deployer.ts";
import { Environment } from "./environment.ts";
import { Files } from "./files.ts";
import type { Deployment } from "./functions/registry.ts";
import { ConsistentReads } from "./http/consistentReads.ts";
import type { LogEvent } from "./logs/events.ts";
import { RecentExecutions } from "./logs/recentExecutions.ts";
import { LogSink } from "./logs/sink.ts";
import { forgetOldRequests } from "./requests.ts";
import { Runner } from "./runtime/runner.ts";
import { convexGlobal } from "./runtime/syscalls.ts";
import { Crons } from "./scheduling/crons.ts";
import { Jobs } from "./scheduling/jobs.ts";
import { Scheduler } from "./scheduling/scheduler.ts";
import type { Secrets } from "./secrets.ts";
import { Snapshots } from "./snapshots/snapshots.ts";
import { openStore } from "./store/store.ts";
import type { Store } from "./store/types.ts";
import { Subscriptions } from "./sync/subscriptions.ts";
import { SYSTEM_TABLES } from "./systemTables.ts";
import { watchSources, type SourceWatcher } from "./watch.ts";

export type EngineOptions = {
  functionsDir: string;
  dataDir: string;
  env: Record<string, string>;
  secrets: Secrets;
  /** Where clients reach the API and the HTTP actions. */
  urls: { cloud: string; site: string };
  watch: boolean;
  /** The share of mutations that run once in vain. */
  conflicts: number;
  onLog: (event: LogEvent) => void;
  onReload: () => void;
};

const DEPLOYMENT_NAME = "local";
const HOUSEKEEPING_MS = 60 * 60_000;
const COMPLETED_JOBS_KEPT_MS = 7 * 24 * 60 * 60_000;

export class Engine {
  readonly store: Store;
  readonly log: LogSink;
  readonly executions = new RecentExecutions();
  readonly auth: Authenticator;
  readonly environment: Environment;
  readonly subscriptions: Subscriptions;
  readonly runner: Runner;
  readonly files: Files;
  readonly snapshots: Snapshots;
  readonly consistentReads: ConsistentReads;
  readonly urls: EngineOptions["urls"];
  readonly deployment = (): Deployment => this.#deployer.deployment;
  readonly #options: EngineOptions;
  readonly #deployer: Deployer;
  readonly #jobs: Jobs;
  readonly #scheduler: Scheduler;
  readonly #crons: Crons;
  #housekeeping: NodeJS.Timeout | undefined;
  #watcher: SourceWatcher | undefined;

  /** @throws StoreError when the data file cannot be used. */
  constructor(options: EngineOptions) {
    const { functionsDir, dataDir, env, secrets, urls, onLog } = options;
    const buildDir = path.join(dataDir, "build");
    const { deployment } = this;
    this.#options = options;
    this.urls = urls;
    const file = path.join(dataDir, "data.sqlite");
    const store = openStore({ file, systemTables: SYSTEM_TABLES });
    for (const leftover of [buildDir, path.join(dataDir, "snapshots")]) {
      rmSync(leftover, { recursive: true, force: true });
    }
    const system = { CONVEX_CLOUD_URL: urls.cloud, CONVEX_SITE_URL: urls.site };
    const environment = new Environment(store, env, system);
    const auth = new Authenticator(secrets.adminKey);
    const subscriptions = new Subscriptions(store);
    this.store = store;
    this.consistentReads = new ConsistentReads(store);
    this.environment = environment;
    this.auth = auth;
    this.subscriptions = subscriptions;
    this.log = new LogSink(DEPLOYMENT_NAME, (event) => {
      this.executions.push(event);
      onLog(event);
    });
    this.runner = new Runner(store, deployment, this.log, options.conflicts);
    this.files = new Files({
      store,
      dir: path.join(dataDir, "files"),
      secret: secrets.uploadSecret,
      origin: urls.cloud,
    });
    this.snapshots = new Snapshots(store, this.files, path.join(dataDir, "snapshots"));
    this.#jobs = new Jobs(store, deployment);
    this.#scheduler = new Scheduler(store, this.runner, this.#jobs);
    this.#crons = new Crons(store, this.runner);
    this.#deployer = new Deployer({
      ...{ functionsDir, buildDir, store, environment, auth, subscriptions },
      crons: this.#crons,
      convex: convexGlobal({
        ...{ store, deployment, runner: this.runner, files: this.files, log: this.log },
        jobs: this.#jobs,
      }),
    });
  }

  /** @throws BuildError or StoreError, in words for the developer. */
  async start(): Promise<void> {
    await this.files.start();
    const { functionsDir, watch } = this.#options;
    // Before the first load, so that no change falls between the two.
    if (watch) this.#watcher = await watchSources(functionsDir, () => void this.#hotReload());
    await this.reload();
    this.#watcher?.update(this.#deployer.deployment.sources);
    await this.#scheduler.start();
    this.#housekeeping = setInterval(() => {
      this.#keepHouse().catch((error: unknown) => this.report(error));
    }, HOUSEKEEPING_MS);
  }

  /**
   * Loads the functions again.
   * @throws BuildError or StoreError, and then the code that ran before goes on.
   */
  async reload(): Promise<void> {
    await this.#deployer.deploy();
  }

  /** The engine's own failure, for the log. */
  report(error: unknown): void {
    this.log.engine(
      "ERROR",
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  }

  /** Finishes running queries and mutations; actions that still run fail at the next start. */
  async close(): Promise<void> {
    clearInterval(this.#housekeeping);
    await this.#watcher?.close();
    this.#scheduler.stop();
    this.#crons.stop();
    await this.runner.drain();
    this.subscriptions.close();
    this.executions.close();
    this.consistentReads.close();
    await this.store.close();
    this.#deployer.close();
  }

  async #hotReload(): Promise<void> {
    try {
      await this.reload();
      this.#watcher?.update(this.#deployer.deployment.sources);
      this.log.engine("INFO", "Functions reloaded.");
      this.#options.onReload();
    } catch (error) {
      this.log.engine("ERROR", `The functions were not reloaded: ${(error as Error).message}`);
    }
  }

  async #keepHouse(): Promise<void> {
    await forgetOldRequests(this.store);
    for (const component of this.deployment().components.keys()) {
      await this.#jobs.forgetCompleted(component, Date.now() - COMPLETED_JOBS_KEPT_MS);
    }
  }
}
