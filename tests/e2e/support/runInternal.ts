import { join } from "node:path";
import {
  getFunctionName,
  type FunctionArgs,
  type FunctionReference,
  type FunctionReturnType,
} from "convex/server";
import { loadSecrets } from "../../../local/convex/secrets.ts";
import { DATA_VARIABLE, sharedStack } from "./stack.ts";

/** Runs an internal mutation on the shared stack with the deployment's key, as `convex run` does. */
export async function runInternal<Fn extends FunctionReference<"mutation", "internal">>(
  fn: Fn,
  args: FunctionArgs<Fn>,
): Promise<FunctionReturnType<Fn>> {
  const { adminKey } = loadSecrets(join(process.env[DATA_VARIABLE] ?? "", "convex"));
  const response = await fetch(`${sharedStack().convexUrl}/api/mutation`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Convex ${adminKey}` },
    body: JSON.stringify({ path: getFunctionName(fn), args, format: "json" }),
  });
  const answer = (await response.json()) as { status: string; value: FunctionReturnType<Fn> };
  if (answer.status !== "success") throw new Error(JSON.stringify(answer));
  return answer.value;
}
