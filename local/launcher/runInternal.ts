import {
  type FunctionArgs,
  type FunctionReference,
  type FunctionReturnType,
  getFunctionName,
} from "convex/server";
import { Problem } from "./problem.ts";

type Kind = "query" | "mutation" | "action";

/** Runs an internal function with the deployment's key, as `npx convex run` does. Throws a Problem with what it answered. */
export async function runInternal<Fn extends FunctionReference<Kind, "internal">>(
  { convexUrl, convexAdminKey }: { convexUrl: string; convexAdminKey: string },
  kind: Fn["_type"],
  fn: Fn,
  args: FunctionArgs<Fn>,
): Promise<FunctionReturnType<Fn>> {
  const path = getFunctionName(fn);
  const response = await fetch(`${convexUrl}/api/${kind}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Convex ${convexAdminKey}` },
    body: JSON.stringify({ path, args, format: "json" }),
  });
  const answer = (await response.json()) as { status: string; value: FunctionReturnType<Fn> };
  if (answer.status !== "success") throw new Problem(`${path}: ${JSON.stringify(answer)}`);
  return answer.value;
}
