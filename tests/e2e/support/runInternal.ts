import type { FunctionArgs, FunctionReference, FunctionReturnType } from "convex/server";
import { runInternal as runOn } from "../../../local/launcher/runInternal.ts";
import { sharedStack } from "./stack.ts";

/** Runs an internal mutation on the shared stack. */
export async function runInternal<Fn extends FunctionReference<"mutation", "internal">>(
  fn: Fn,
  args: FunctionArgs<Fn>,
): Promise<FunctionReturnType<Fn>> {
  return await runOn(sharedStack(), "mutation", fn, args);
}
