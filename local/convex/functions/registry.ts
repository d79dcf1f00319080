/** What a deployment consists of once its code is loaded: components, and the functions in them. */
import type { JSONValue } from "convex/values";
import type { SchemaJson, ValidatorJson } from "../store/types.ts";
import type { Environment } from "./entryPoints.ts";

export type FunctionKind = "query" | "mutation" | "action";
export type Visibility = "public" | "internal";

export type FunctionSpec = {
  /** Path of the component ("" = the app). */
  component: string;
  /** "folder/module:function". */
  path: string;
  kind: FunctionKind;
  visibility: Visibility;
  environment: Environment;
  args: ValidatorJson;
  /** Null: anything. */
  returns: ValidatorJson | null;
  /** Runs it: arguments and result are JSON texts, `args` a list with one object. */
  invoke: (requestId: string, args: string) => Promise<string>;
};

export type HttpHandler = { invokeHttpAction: (request: Request) => Promise<Response> };
export type HttpRouter = {
  lookup(path: string, method: string): readonly [HttpHandler, string, string] | null;
  getRoutes(): readonly (readonly [string, string, HttpHandler])[];
};

export type CronSchedule =
  | { type: "cron"; cron: string }
  | { type: "interval"; seconds?: number; minutes?: number; hours?: number }
  | { type: "hourly"; minuteUTC?: number }
  | { type: "daily"; hourUTC: number; minuteUTC?: number }
  | { type: "weekly"; dayOfWeek: string; hourUTC: number; minuteUTC?: number }
  | { type: "monthly"; day: number; hourUTC: number; minuteUTC?: number };
/** `name` is the function's: a path, or a reference. */
export type CronSpec = {
  cronName: string;
  name: string;
  args: JSONValue[];
  schedule: CronSchedule;
};

export type AuthProvider =
  | { domain: string; applicationID: string }
  | {
      type: "customJwt";
      issuer: string;
      jwks: string;
      algorithm: "RS256" | "ES256";
      applicationID?: string;
    };

export type Component = {
  path: string;
  /** Name of a child -> its path. */
  children: ReadonlyMap<string, string>;
  functions: ReadonlyMap<string, FunctionSpec>;
  http: HttpRouter | null;
  /** Requests below `prefix` (ends with "/") belong to the child `component`. */
  httpMounts: readonly { prefix: string; component: string }[];
  crons: readonly CronSpec[];
  schema: SchemaJson | null;
};

export type Deployment = {
  /** Parents before children; "" is the app. */
  components: ReadonlyMap<string, Component>;
  authProviders: readonly AuthProvider[];
  /** Files to watch. */
  sources: readonly string[];
};

/** "messages.js:send" and "messages" as Convex means them: "messages:send", "messages:default". */
export function canonicalPath(path: string): string {
  // The last colon counts, so "a:b:c" is of a module "a:b", which cannot be.
  const colon = path.lastIndexOf(":");
  const [modulePath, name] =
    colon < 0 ? [path, "default"] : [path.slice(0, colon), path.slice(colon + 1)];
  return `${modulePath.replace(/\.js$/, "").replace(/^\//, "")}:${name}`;
}
