/**
 * What the Convex CLI asks a deployment beside functions: its name, its environment variables, the
 * list of its functions. All but the name need the admin key.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JSONValue } from "convex/values";
import type { Authenticator } from "../auth.ts";
import type { Change, Environment } from "../environment.ts";
import type { Deployment } from "../functions/registry.ts";
import type { LogSink } from "../logs/sink.ts";
import { isPrivileged } from "../runtime/identity.ts";
import type { Snapshots } from "../snapshots/snapshots.ts";
import { authenticate } from "./functionsApi.ts";
import { HttpError, readJson, sendJson, sendText } from "./messages.ts";

export type AdminServices = {
  auth: Authenticator;
  environment: Environment;
  deployment: () => Deployment;
  log: LogSink;
  urls: { cloud: string; site: string };
  /** Loads the functions again, with the variables as they are now. */
  reload: () => Promise<void>;
};

const MAX_BODY_BYTES = 1024 * 1024;

/** False when the path is not one of these. */
export async function adminApi(
  services: AdminServices,
  pathname: string,
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
      return false;
  }
}

/** The answer to a query of the CLI's under `_system/`, or undefined if the engine has none. */
export function systemQuery(
  {
    environment,
    deployment,
    urls,
    snapshots,
  }: Pick<AdminServices, "environment" | "deployment" | "urls"> & { snapshots: Snapshots },
  path: string,
  args: JSONValue,
): JSONValue | undefined {
  switch (path) {
    case "_system/cli/queryEnvironmentVariables":
    case "_system/cli/queryEnvironmentVariables:default":
      return environment.list();
    case "_system/cli/queryEnvironmentVariables:get": {
      const { name } = args as { name: string };
      return environment.list().find((variable) => variable.name === name) ?? null;
    }
    case "_system/cli/exports:getLatest":
      return snapshots.latestExport();
    case "_system/cli/queryImport":
    case "_system/cli/queryImport:default":
      return snapshots.importState((args as { importId: string }).importId);
    case "_system/cli/queryImport:list":
      return []; // one that runs is done before its request is answered
    case "_system/cli/convexUrl:cloudUrl":
      return urls.cloud;
    case "_system/cli/convexUrl:siteUrl":
      return urls.site;
    case "_system/cli/modules:apiSpec":
      return [...(deployment().components.get("")?.functions.values() ?? [])].map((spec) => ({
        functionType: spec.kind[0]!.toUpperCase() + spec.kind.slice(1),
        identifier: spec.path.replace(":", ".js:"),
        visibility: { kind: spec.visibility },
        args: JSON.stringify(spec.args),
        returns: JSON.stringify(spec.returns ?? { type: "any" }),
      }));
    default:
      return undefined;
  }
}

/** @throws HttpError 403 */
export async function requireAdmin(
  { auth }: AdminServices,
  request: IncomingMessage,
): Promise<void> {
  if (isPrivileged(await authenticate(auth, request))) return;
  throw new HttpError(403, "Forbidden", "This needs the admin key.");
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
