import { expect, vi } from "vitest";
import { internal } from "../../convex/_generated/api.js";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import { ALL_TABLES } from "../../convex/tenancy/tables.ts";
import type { Backend } from "./backend.ts";

/** A call to Clerk or Stripe: "DELETE /v1/users/user_ada". */
export type Call = string;

/**
 * Stands in for Clerk and Stripe: notes what is asked of them, and answers with `answer`, by
 * default that it is done.
 */
export function outsideWorld(answer: (call: Call) => Response | undefined = () => undefined) {
  process.env.CLERK_SECRET_KEY = "sk_test_erasure";
  process.env.STRIPE_SECRET_KEY = "sk_test_erasure";
  const calls: Call[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input instanceof Request ? input.url : input));
    const call = `${init?.method ?? "GET"} ${pathname}`;
    calls.push(call);
    const body = pathname.endsWith("/subscriptions")
      ? { object: "list", data: [{ id: "sub_1" }], has_more: false }
      : { deleted: true };
    return answer(call) ?? Response.json(body);
  });
  return calls;
}

export async function erasureOf(t: Backend, erasureId: Id<"erasures">): Promise<Doc<"erasures">> {
  return (await t.run(({ db }) => db.get("erasures", erasureId)))!;
}

/** Does the next batch of an erasure, with its calls to Clerk and Stripe, as the scheduler would. */
export async function nextBatch(t: Backend, erasureId: Id<"erasures">): Promise<Doc<"erasures">> {
  const { step, phase } = await erasureOf(t, erasureId);
  await t.mutation(internal.erasure.advance, { erasureId, step });
  if (phase === "accounts") {
    await t.action(internal.erasure.closeAccounts, { erasureId, step: step + 1 });
  }
  return await erasureOf(t, erasureId);
}

/** Batches that no erasure of these tests needs. */
const MANY = 500;

/** Goes on with an erasure until it is done, and says how many batches that took. */
export async function toTheEnd(t: Backend, erasureId: Id<"erasures">): Promise<number> {
  for (let batches = 1; batches < MANY; batches++) {
    if ((await nextBatch(t, erasureId)).state === "done") return batches;
  }
  throw new Error(`not done: ${JSON.stringify(await erasureOf(t, erasureId))}`);
}

/** Everything that the deployment holds, by table: stored files and scheduled work that waits among them. */
export async function everything(t: Backend): Promise<Record<string, { _id: string }[]>> {
  return await t.run(async ({ db }) => {
    const tables = await Promise.all(
      ALL_TABLES.map(async (table) => [table, await db.query(table).collect()] as const),
    );
    const jobs = await db.system.query("_scheduled_functions").collect();
    return {
      ...Object.fromEntries(tables),
      _storage: await db.system.query("_storage").collect(),
      _scheduled_functions: jobs.filter(({ state }) => state.kind === "pending"),
    };
  });
}

/** Asserts that none of these texts stands anywhere in the deployment but in the tables named. */
export async function expectNoTrace(t: Backend, texts: string[], but: string[]): Promise<void> {
  const rows = Object.entries(await everything(t)).filter(([table]) => !but.includes(table));
  for (const text of texts) {
    const traces = rows.flatMap(([table, all]) =>
      all.filter((row) => JSON.stringify(row).includes(text)).map((row) => ({ table, row })),
    );
    expect(traces, `"${text}" is still there`).toEqual([]);
  }
}
