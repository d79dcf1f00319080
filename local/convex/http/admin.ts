/**
 * What the Convex CLI asks a deployment beside functions and queries (systemQueries.ts): its name, its
 * environment variables, its log. All but the name need the admin key.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Authenticator } from "../auth.ts";
import type { Change, Environment } from "../environment.ts";
import type { LogSink } from "../logs/sink.ts";
import type { RecentExecutions } from "../logs/recentExecutions.ts";
import { isPrivileged } from "../runtime/identity.ts";
import { authenticate } from "./functionsApi.ts";
import { HttpError, readJson, sendJson, sendText } from "./messages.ts";

export type AdminServices = {
  auth: Authenticator;
  environment: Environment;
  log: LogSink;
  executions: RecentExecutions;
  urls: { cloud: string; site: string };
  /** Loads the functions again, with the variables as they are now. */
  reload: () => Promise<void>;
};

const MAX_BODY_BYTES = 1024 * 1024;

/** False when the path is not one of these. */
export async function adminApi(
  services: AdminServices,
  { pathname, searchParams }: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (pathname) {
    case "/version":
      sendText(response, 200, "unknown");
      return true;
    case "/instance_name":
      sendText(response, 200, services.log.deploymentName);
      return true;
    case "/api/debug_event":
      request.resume();
      sendJson(response, 200, {});
      return true;
    case "/api/check_admin_key":
      await requireAdmin(services, request);
      sendJson(response, 200, { success: true });
      return true;
    case "/api/stream_function_logs": {
      await requireAdmin(services, request);
      const cursor = Number(searchParams.get("cursor") ?? 0);
      sendJson(response, 200, await services.executions.after(cursor, closed(response)));
      return true;
    }
    case "/api/v1/get_canonical_urls":
      await requireAdmin(services, request);
      sendJson(response, 200, {
        convexCloudUrl: services.urls.cloud,
        convexSiteUrl: services.urls.site,
      });
      return true;
    case "/api/v1/list_environment_variables":
      await requireAdmin(services, request);
      sendJson(response, 200, {
        environmentVariables: Object.fromEntries(
          services.environment.list().map(({ name, value }) => [name, value]),
        ),
      });
      return true;
    case "/api/update_environment_variables":
    case "/api/v1/update_environment_variables":
      await requireAdmin(services, request);
      await updateEnvironment(services, await readJson(request, MAX_BODY_BYTES));
      sendJson(response, 200, null);
      return true;
    default:
      await refuseUnbuilt(services, request, pathname);
      return false;
  }
}

/** What the CLI may ask for and the engine does not do. It would retry what is just not found. */
const UNBUILT: readonly (readonly [RegExp, string])[] = [
  [
    /^\/api\/(deploy2\/|get_config|push_config|prepare_schema)/,
    "The local engine takes its functions from the folder that it was started with, and follows changes with --watch: there is nothing to push. Types in _generated are written by the engine (--codegen-only).",
  ],
  [
    /^\/api\/run_test_function$/,
    "The local engine does not run queries that are not in its functions folder; `npx convex data` shows documents.",
  ],
];

async function refuseUnbuilt(
  services: AdminServices,
  request: IncomingMessage,
  pathname: string,
): Promise<void> {
  const message = UNBUILT.find(([asked]) => asked.test(pathname))?.[1];
  if (message === undefined) return;
  await requireAdmin(services, request);
  throw new HttpError(400, "NotOnTheLocalEngine", message);
}

/** @throws HttpError 403 */
export async function requireAdmin(
  { auth }: AdminServices,
  request: IncomingMessage,
): Promise<void> {
  if (isPrivileged(await authenticate(auth, request))) return;
  throw new HttpError(403, "Forbidden", "This needs the admin key.");
}

/** Whoever waits for the log may go away first. */
function closed(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  return gone.signal;
}

async function updateEnvironment(
  services: AdminServices,
  body: Record<string, unknown>,
): Promise<void> {
  if (!Array.isArray(body.changes))
    throw new HttpError(400, "BadRequest", "`changes` must be a list.");
  let undo: Change[] = [];
  try {
    undo = await services.environment.update(body.changes as Change[]);
    await services.reload();
  } catch (error) {
    // Functions that cannot be loaded with the new values would not start again either.
    if (undo.length > 0) await services.environment.update(undo);
    throw new HttpError(400, "InvalidEnvironmentVariable", (error as Error).message);
  }
}
