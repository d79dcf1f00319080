/**
 * The queries under `_system/` that the Convex CLI asks for with the admin key: what functions, tables,
 * documents and environment variables there are. They are answered once, not kept up to date.
 */
import type { JSONValue } from "convex/values";
import type { Environment } from "../environment.ts";
import type { Component, Deployment } from "../functions/registry.ts";
import type { Snapshots } from "../snapshots/snapshots.ts";
import { StoreError } from "../store/errors.ts";
import type { ReadTransaction, Store } from "../store/types.ts";

export type SystemQueryServices = {
  store: Store;
  environment: Environment;
  deployment: () => Deployment;
  snapshots: Snapshots;
  urls: { cloud: string; site: string };
};
/** As a client names it; "" is the app's component. */
export type SystemQuery = { path: string; args: JSONValue; component: string };
export type SystemAnswer = { ok: true; value: JSONValue } | { ok: false; errorMessage: string };

type Args = Record<string, JSONValue | undefined>;
type Answering = (services: SystemQueryServices, args: Args, component: string) => JSONValue;

const MAX_PAGE = 1000;

const QUERIES: Record<string, Answering> = {
  "cli/queryEnvironmentVariables": ({ environment }) => environment.list(),
  "cli/queryEnvironmentVariables:get": ({ environment }, { name }) =>
    environment.list().find((variable) => variable.name === name) ?? null,
  "cli/exports:getLatest": ({ snapshots }) => snapshots.latestExport(),
  "cli/queryImport": ({ snapshots }, { importId }) => snapshots.importState(String(importId)),
  "cli/queryImport:list": () => [], // one that runs is done before its request is answered
  "cli/convexUrl:cloudUrl": ({ urls }) => urls.cloud,
  "cli/convexUrl:siteUrl": ({ urls }) => urls.site,
  "cli/modules:apiSpec": ({ deployment }, _args, component) => {
    const found = deployment().components.get(component);
    return found === undefined ? [] : apiSpec(found);
  },
  "cli/tables": ({ store }, _args, component) => reading(store, (tx) => tables(tx, component)),
  "cli/tableData": ({ store }, args, component) =>
    reading(store, (tx) => tableData(tx, args, component)),
  "frontend/components:list": ({ deployment }) =>
    [...deployment().components.values()].map(({ path }) => ({
      ...{ id: path, path, args: {}, state: "active", httpPrefix: null },
      name: path === "" ? null : path.replace(/^.*\//, ""),
    })),
};

/** Undefined: the engine has no such query. */
export function systemQuery(
  services: SystemQueryServices,
  { path, args, component }: SystemQuery,
): SystemAnswer | undefined {
  const name = path.replace(/^_system\//, "").replace(/:default$/, "");
  const answer = Object.hasOwn(QUERIES, name) ? QUERIES[name] : undefined;
  if (answer === undefined) return undefined;
  try {
    return { ok: true, value: answer(services, (args ?? {}) as Args, component) };
  } catch (error) {
    if (error instanceof StoreError) return { ok: false, errorMessage: error.message };
    throw error;
  }
}

function reading<T>(store: Store, read: (tx: ReadTransaction) => T): T {
  const tx = store.snapshot();
  try {
    return read(tx);
  } finally {
    tx.close();
  }
}

function apiSpec({ functions, http }: Component): JSONValue {
  const named = [...functions.values()].map((spec) => ({
    functionType: spec.kind[0]!.toUpperCase() + spec.kind.slice(1),
    identifier: spec.path.replace(":", ".js:"),
    visibility: { kind: spec.visibility },
    args: spec.args as JSONValue,
    returns: (spec.returns ?? { type: "any" }) as JSONValue,
  }));
  const routes = (http?.getRoutes() ?? []).map(([path, method]) => ({
    functionType: "HttpAction",
    ...{ method, path },
  }));
  return [...named, ...routes];
}

function tables(tx: ReadTransaction, component: string): JSONValue {
  const page = tx
    .tables()
    .filter((table) => table.component === component && !table.name.startsWith("_"))
    .map(({ name }) => ({ name }));
  return { page, isDone: true, continueCursor: "end" };
}

/** Convex's two system tables can be looked at, the engine's own not. */
function tableData(
  tx: ReadTransaction,
  { table, order, paginationOpts }: Args,
  component: string,
): JSONValue {
  const { cursor = null, numItems = MAX_PAGE } = (paginationOpts ?? {}) as {
    cursor?: string | null;
    numItems?: number;
  };
  const tableName = String(table);
  if (tableName.startsWith("__")) return { page: [], isDone: true, continueCursor: "end" };
  const direction = order === "asc" ? "asc" : "desc";
  const page = tx.queryPage(component, {
    query: { source: { type: "FullTableScan", tableName, order: direction }, operators: [] },
    ...{ cursor, pageSize: Math.min(numItems, MAX_PAGE) },
  });
  return page as unknown as JSONValue;
}
