/** Arguments and results of a function against its validators, in Convex's words. */
import type { JSONValue } from "convex/values";
import type { FunctionSpec } from "../functions/registry.ts";
import type { ReadTransaction } from "../store/types.ts";
import { validationError } from "../store/validators.ts";
import { FunctionError } from "./errors.ts";

/** @throws FunctionError "ArgumentValidationError: …" */
export function checkArguments(spec: FunctionSpec, args: JSONValue, tx: ReadTransaction): void {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new FunctionError(`Arguments for ${spec.path} must be an object.`);
  }
  const error = validationError(spec.args, args, (id) => tx.tableOf(spec.component, id));
  if (error !== null) throw new FunctionError(`ArgumentValidationError: ${error}`);
}

/** @throws FunctionError "ReturnsValidationError: …" */
export function checkReturns(spec: FunctionSpec, value: JSONValue, tx: ReadTransaction): void {
  if (spec.returns === null) return;
  const error = validationError(spec.returns, value, (id) => tx.tableOf(spec.component, id));
  if (error !== null) throw new FunctionError(`ReturnsValidationError: ${error}`);
}
