import { useQueries, type RequestForQueries } from "convex/react";
import {
  getFunctionName,
  type FunctionArgs,
  type FunctionReference,
  type FunctionReturnType,
} from "convex/server";
import { convexToJson, type Value } from "convex/values";
import { useMemo } from "react";

export type LiveQuery<Data> =
  { status: "loading" } | { status: "ready"; data: Data } | { status: "error"; error: Error };

/**
 * Like Convex's `useQuery`, but an error is a result and not a throw, so the subscription stays:
 * when the reason goes away (access is turned on again, a project is restored), the page follows
 * without a reload. Pass "skip" to ask nothing yet.
 */
export function useLiveQuery<Query extends FunctionReference<"query">>(
  query: Query,
  args: FunctionArgs<Query> | "skip",
): LiveQuery<FunctionReturnType<Query>> {
  const key = args === "skip" ? "skip" : JSON.stringify(convexToJson(args as Value));
  const name = getFunctionName(query);
  const requests = useMemo(
    (): RequestForQueries =>
      args === "skip" ? {} : { result: { query, args: args as Record<string, Value> } },
    // The key stands for the arguments and the name for the query: both get a new identity each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key, name],
  );
  const result: unknown = useQueries(requests).result;
  if (result instanceof Error) return { status: "error", error: result };
  if (result === undefined) return { status: "loading" };
  return { status: "ready", data: result as FunctionReturnType<Query> };
}
