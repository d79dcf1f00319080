/** Starts the engine: a Convex deployment on this machine, for one folder of functions. */
import { Engine } from "./engine.ts";
import { adminApi } from "./http/admin.ts";
import { functionsApi, type FunctionsApiServices } from "./http/functionsApi.ts";
import { httpActions } from "./http/httpActions.ts";
import { HOST, listen, type Handler } from "./http/listen.ts";
import { HttpError, isDisconnect, urlOf } from "./http/messages.ts";
import { snapshotsApi } from "./http/snapshotsApi.ts";
import { storageApi } from "./http/storageApi.ts";
import { systemQuery, type SystemQuery } from "./http/systemQueries.ts";
import type { LogEvent } from "./logs/events.ts";
import { LogStream } from "./logs/stream.ts";
import { loadSecrets } from "./secrets.ts";
import { SyncConnections } from "./sync/connections.ts";

export type { LogEvent } from "./logs/events.ts";

export type StartConvexOptions = {
  /** Folder of Convex functions. */
  functionsDir: string;
  /** Folder of all data; created if absent. */
  dataDir: string;
  /** Of the API and WebSocket; 0 takes a free one. */
  port: number;
  /** Of HTTP actions; 0 takes a free one. */
  sitePort: number;
  /** Environment variables of the deployment, above those stored with `npx convex env set`. */
  env: Record<string, string>;
  /** In place of the one that the data folder keeps. */
  adminKey?: string;
  /** Reload when the functions change. */
  watch?: boolean;
  /**
   * For tests: the share (0 to 1) of mutations that run once in vain, as after a write conflict.
   * Unless said otherwise what LOCAL_CONVEX_CONFLICTS says, so that a whole suite can run with it.
   */
  conflicts?: number;
  /** Called after each reload that took effect. */
  onReload?: () => void;
  /** Receives every log event; it must not throw. */
  onLog?: (event: LogEvent) => void;
  /** Where to post the log stream, signed with `secret`; a path is one of the own HTTP actions. */
  logStream?: { url: string; secret: string; intervalMs?: number };
};

export interface LocalConvex {
  readonly url: string;
  readonly siteUrl: string;
  readonly adminKey: string;
  /** Loads the functions again; rejects, and changes nothing, when they cannot be loaded. */
  reload(): Promise<void>;
  /** Finishes running mutations, ends all connections and closes the data file. */
  close(): Promise<void>;
}

/** @throws Error in words for the developer, when it cannot start; nothing is left running then. */
export async function startConvex(options: StartConvexOptions): Promise<LocalConvex> {
  const { dataDir, functionsDir, env, watch = false } = options;
  const conflicts = options.conflicts ?? Number(process.env.LOCAL_CONVEX_CONFLICTS ?? 0);
  const { onLog = () => {}, onReload = () => {} } = options;
  let stream: LogStream | undefined;
  const secrets = loadSecrets(dataDir, options.adminKey);
  const stops: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    // The ports first: one that is taken is found out before any data is touched.
    const api = deferred();
    const site = deferred();
    const apiServer = await listen(options.port, api.handle, { crossOrigin: true });
    stops.push(apiServer.close);
    const siteServer = await listen(options.sitePort, site.handle, { crossOrigin: false });
    stops.push(siteServer.close);
    const urls = {
      cloud: `http://${HOST}:${apiServer.port}`,
      site: `http://${HOST}:${siteServer.port}`,
    };

    const engine = new Engine({
      functionsDir,
      dataDir,
      env,
      secrets,
      urls,
      watch,
      conflicts,
      onLog: (event) => {
        onLog(event);
        stream?.push(event);
      },
      onReload,
    });
    if (options.logStream !== undefined) {
      const { url, ...rest } = options.logStream;
      const onProblem = (message: string) => engine.log.engine("WARN", message);
      stream = new LogStream({ ...rest, url: webAddress(url, urls.site), onProblem });
      stream.push(engine.log.verification());
    }
    stops.unshift(() => engine.close());
    await engine.start();

    const withSystemQuery = {
      ...engine,
      systemQuery: (query: SystemQuery) => systemQuery(engine, query),
    };
    api.serve(apiHandler(engine, withSystemQuery), (error) => engine.report(error));
    site.serve(
      (request, response) => httpActions(engine, request, response),
      (error) => engine.report(error),
    );
    const sync = new SyncConnections(withSystemQuery);
    apiServer.server.on("upgrade", (...upgrade) => sync.upgrade(...upgrade));
    stops.push(() => sync.close());
    // First of all, while what it posts to may be one of the own HTTP actions.
    stops.push(() => stream?.close());
    const { adminKey } = secrets;
    return { url: urls.cloud, siteUrl: urls.site, adminKey, reload: () => engine.reload(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function webAddress(text: string, base: string): URL {
  const url = URL.parse(text, base);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new Error(`The log stream's address "${text}" is no http address.`);
}

function apiHandler(engine: Engine, functions: FunctionsApiServices): Handler {
  return async (request, response) => {
    const url = urlOf(request, engine.urls.cloud);
    const handled =
      (await functionsApi(functions, url.pathname, request, response)) ||
      (await storageApi(engine.files, url, request, response)) ||
      (await snapshotsApi(engine, url, request, response)) ||
      (await adminApi(engine, url, request, response));
    if (!handled) throw new HttpError(404, "NotFound", `There is nothing at ${url.pathname}.`);
  };
}

/** A handler that says 503 until the engine is there. */
function deferred() {
  let handler: Handler = async () => {
    throw new HttpError(503, "Starting", "The engine is starting.");
  };
  let report: (error: unknown) => void = () => {};
  return {
    handle: (async (request, response) => {
      try {
        await handler(request, response);
      } catch (error) {
        if (!(error instanceof HttpError) && !isDisconnect(error)) report(error);
        throw error;
      }
    }) satisfies Handler as Handler,
    serve(next: Handler, onError: (error: unknown) => void) {
      handler = next;
      report = onError;
    },
  };
}
