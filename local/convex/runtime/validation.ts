/** Arguments and results of a function against its validators and the limits of any value. */
import type { JSONValue } from "convex/values";
import type { FunctionSpec } from "../functions/registry.ts";
import type { ReadTransaction } from "../store/types.ts";
import { validationError } from "../store/validators.ts";
import { limitExceeded } from "../store/values.ts";
import { FunctionError } from "./errors.ts";

/** @throws FunctionError "ArgumentValidationError: …", or naming the limit. */
export function checkArguments(spec: FunctionSpec, args: JSONValue, tx: ReadTransaction): void {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new FunctionError(`Arguments for ${spec.path} must be an object.`);
  }
  const tooMuch = limitExceeded(args);
  if (tooMuch !== null) throw new FunctionError(`Invalid arguments for ${spec.path}: ${tooMuch}`);
  const error = validationError(spec.args, args, (id) => tx.tableOf(spec.component, id));
  if (error !== null) throw new FunctionError(`ArgumentValidationError: ${error}`);
}

/** What holds of any result, with a validator or without. @throws FunctionError naming the limit. */
export function checkResultLimits(spec: FunctionSpec, value: JSONValue): void {
  const tooMuch = limitExceeded(value);
  if (tooMuch !== null) throw new FunctionError(`Invalid result of ${spec.path}: ${tooMuch}`);
}

/** @throws FunctionError "ReturnsValidationError: …" */
export function checkReturns(spec: FunctionSpec, value: JSONValue, tx: ReadTransaction): void {
  if (spec.returns === null) return;
  const error = validationError(spec.returns, value, (id) => tx.tableOf(spec.component, id));
  if (error !== null) throw new FunctionError(`ReturnsValidationError: ${error}`);
}
