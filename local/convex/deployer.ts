/**
 * Brings code into force: load the folder, fit the data to the schema, then switch. Each step can
 * refuse, and until the last one nothing has changed for anybody; deployments never overlap.
 */
import type { Authenticator } from "./auth.ts";
import type { Environment } from "./environment.ts";
import { load, type Loaded } from "./functions/load.ts";
import type { Deployment } from "./functions/registry.ts";
import type { ConvexGlobal } from "./runtime/globals.ts";
import type { Crons } from "./scheduling/crons.ts";
import type { Store } from "./store/types.ts";
import type { Subscriptions } from "./sync/subscriptions.ts";

export type DeployerOptions = {
  functionsDir: string;
  buildDir: string;
  store: Store;
  environment: Environment;
  auth: Authenticator;
  subscriptions: Subscriptions;
  crons: Crons;
  convex: ConvexGlobal;
};

/** Old code may still be running when new code comes; its files go a little later. */
const DISPOSE_AFTER_MS = 60_000;

export class Deployer {
  readonly #options: DeployerOptions;
  #current: Loaded | null = null;
  #deploying: Promise<unknown> = Promise.resolve();

  constructor(options: DeployerOptions) {
    this.#options = options;
  }

  get deployment(): Deployment {
    if (this.#current === null) throw new Error("No functions have been loaded.");
    return this.#current;
  }

  /** @throws BuildError or StoreError, and then the code that ran before goes on. */
  async deploy(): Promise<void> {
    const run = this.#deploying.then(() => this.#deploy());
    this.#deploying = run.catch(() => undefined);
    await run;
  }

  close(): void {
    this.#current?.dispose();
  }

  async #deploy(): Promise<void> {
    const { functionsDir, buildDir, store, environment, auth, subscriptions, crons, convex } =
      this.#options;
    const loaded = await load({ functionsDir, buildDir, env: environment.all(), convex });
    try {
      const schemas = [...loaded.components.values()].map(({ path, schema }) => ({ path, schema }));
      await store.deploySchema(schemas);
    } catch (error) {
      loaded.dispose();
      throw error;
    }
    const before = this.#current;
    this.#current = loaded;
    if (before !== null) setTimeout(() => before.dispose(), DISPOSE_AFTER_MS).unref();
    auth.deploy(loaded.authProviders);
    subscriptions.invalidateAll();
    await crons.deploy(loaded);
  }
}
