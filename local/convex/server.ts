/** Starts the engine: a Convex deployment on this machine, for one folder of functions. */
import { rmSync } from "node:fs";
import path from "node:path";
import { Authenticator } from "./auth.ts";
import { Deployer } from "./deployer.ts";
import { Environment } from "./environment.ts";
import { Files } from "./files.ts";
import { adminApi, systemQuery, type AdminServices } from "./http/admin.ts";
import { functionsApi } from "./http/functionsApi.ts";
import { httpActions } from "./http/httpActions.ts";
import { HOST, listen, type Handler } from "./http/listen.ts";
import { HttpError } from "./http/messages.ts";
import { storageApi } from "./http/storageApi.ts";
import { LogSink, type LogEvent } from "./logs.ts";
import { forgetOldRequests } from "./requests.ts";
import { Runner } from "./runtime/runner.ts";
import { convexGlobal } from "./runtime/syscalls.ts";
import { Crons } from "./scheduling/crons.ts";
import { Jobs } from "./scheduling/jobs.ts";
import { Scheduler } from "./scheduling/scheduler.ts";
import { loadSecrets } from "./secrets.ts";
import { openStore } from "./store/store.ts";
import { SyncConnections } from "./sync/connections.ts";
import { Subscriptions } from "./sync/subscriptions.ts";
import { SYSTEM_TABLES } from "./systemTables.ts";
import { watchSources } from "./watch.ts";

export type StartConvexOptions = {
  /** Folder of Convex functions. */
  functionsDir: string;
  /** Folder of all data; created if absent. */
  dataDir: string;
  /** Of the API and WebSocket. */
  port: number;
  /** Of HTTP actions. */
  sitePort: number;
  /** Environment variables of the deployment, above those stored with `npx convex env set`. */
  env: Record<string, string>;
  /** In place of the one that the data folder keeps. */
  adminKey?: string;
  /** Reload when the functions change. */
  watch?: boolean;
  /** Receives every log event; it must not throw. */
  onLog?: (event: LogEvent) => void;
};

export interface LocalConvex {
  readonly url: string;
  readonly siteUrl: string;
  readonly adminKey: string;
  /** Loads the functions again. */
  reload(): Promise<void>;
  /** Finishes running mutations, ends all connections and closes the data file. */
  close(): Promise<void>;
}

const DEPLOYMENT_NAME = "local";
const HOUSEKEEPING_MS = 60 * 60_000;
const COMPLETED_JOBS_KEPT_MS = 7 * 24 * 60 * 60_000;

/** @throws Error in one sentence, when it cannot start; nothing is left running then. */
export async function startConvex(options: StartConvexOptions): Promise<LocalConvex> {
  const { dataDir, functionsDir, port, sitePort } = options;
  const url = `http://${HOST}:${port}`;
  const siteUrl = `http://${HOST}:${sitePort}`;
  const { adminKey, uploadSecret } = loadSecrets(dataDir, options.adminKey);
  const buildDir = path.join(dataDir, "build");
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const store = openStore({
      file: path.join(dataDir, "data.sqlite"),
      systemTables: SYSTEM_TABLES,
    });
    stops.push(() => store.close());
    rmSync(buildDir, { recursive: true, force: true });

    const log = new LogSink(DEPLOYMENT_NAME, options.onLog ?? (() => {}));
    const system = { CONVEX_CLOUD_URL: url, CONVEX_SITE_URL: siteUrl };
    const environment = new Environment(store, options.env, system);
    const auth = new Authenticator(adminKey);
    const subscriptions = new Subscriptions(store);
    stops.push(() => subscriptions.close());
    const deployer = new Deployer({
      functionsDir,
      buildDir,
      store,
      environment,
      auth,
      subscriptions,
    });
    stops.push(() => deployer.close());
    const deployment = () => deployer.deployment;
    const runner = new Runner(store, deployment, log);
    const jobs = new Jobs(store, deployment);
    const files = new Files({
      store,
      dir: path.join(dataDir, "files"),
      secret: uploadSecret,
      origin: url,
    });
    const scheduler = new Scheduler(store, runner, jobs);
    const crons = new Crons(store, runner);
    const convex = convexGlobal({ store, runner, files, jobs, log, deployment });
    const reload = () => deployer.deploy(convex, crons);
    stops.push(() => runner.drain());

    await files.start();
    await reload();
    stops.push(() => crons.stop());

    const admin: AdminServices = {
      ...{ auth, environment, deployment, deploymentName: DEPLOYMENT_NAME, reload },
      urls: { cloud: url, site: siteUrl },
    };
    const onError = (error: unknown) =>
      log.engine("ERROR", error instanceof Error ? (error.stack ?? error.message) : String(error));
    const api: Handler = async (request, response) => {
      const target = new URL(request.url ?? "/", url);
      const handled =
        (await functionsApi({ store, runner, auth }, target.pathname, request, response)) ||
        (await storageApi(files, target, request, response)) ||
        (await adminApi(admin, target.pathname, request, response));
      if (!handled) throw new HttpError(404, "NotFound", `There is nothing at ${target.pathname}.`);
    };
    const apiServer = await listen(port, api, onError, { crossOrigin: true });
    stops.push(() => apiServer.close());
    const site: Handler = (request, response) =>
      httpActions({ runner, auth, deployment, origin: siteUrl }, request, response);
    const siteServer = await listen(sitePort, site, onError, { crossOrigin: false });
    stops.push(() => siteServer.close());
    const sync = new SyncConnections({
      ...{ store, runner, auth, subscriptions, log },
      systemQuery: async (name, args) => systemQuery(admin, name, args),
    });
    apiServer.server.on("upgrade", (...upgrade) => sync.upgrade(...upgrade));
    stops.push(() => sync.close());

    await scheduler.start();
    stops.push(() => scheduler.stop());
    const housekeeping = async () => {
      await forgetOldRequests(store);
      for (const component of deployment().components.keys()) {
        await jobs.forgetCompleted(component, Date.now() - COMPLETED_JOBS_KEPT_MS);
      }
    };
    const clock = setInterval(() => void housekeeping().catch(onError), HOUSEKEEPING_MS);
    stops.push(() => clearInterval(clock));

    if (options.watch) {
      const watcher = watchSources(functionsDir, () => {
        reload().then(
          () => {
            watcher.update(deployer.deployment.sources);
            log.engine("INFO", "Functions reloaded.");
          },
          (error: Error) =>
            log.engine("ERROR", `The functions were not reloaded: ${error.message}`),
        );
      });
      watcher.update(deployer.deployment.sources);
      stops.push(() => watcher.close());
    }
    return { url, siteUrl, adminKey, reload, close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
