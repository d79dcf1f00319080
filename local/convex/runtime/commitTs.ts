/** db.vars.commitTs: what a mutation writes, asks for and returns before its timestamp is known to it. */
import type { JSONValue } from "convex/values";
import type { WriteTransaction } from "../store/types.ts";
import { withCommitTs } from "../store/values.ts";
import type { Execution } from "./execution.ts";

/** What a function hands to the engine as JSON text, in a syscall or as its result. */
export function parsed(execution: Execution, text: string): JSONValue {
  const json = JSON.parse(text) as JSONValue;
  if (execution.kind !== "mutation" || !text.includes('"$commitTs"')) return json;
  // One writer at a time: the timestamp is fixed from the beginning.
  return withCommitTs(json, (execution.tx as WriteTransaction).commitTs);
}
