/// <reference types="vite/client" />
/** The same functions on two backends, and their answers in a form that can be compared. */
import { convexTest } from "convex-test";
import { makeFunctionReference } from "convex/server";
import { convexToJson, type JSONValue, type Value } from "convex/values";
import path from "node:path";
import { httpClient, startEngine, type AdminClient } from "../engine.ts";
import schema from "./app/schema.ts";
import type { Memory, Outcome } from "./app/program.ts";
import type { Transaction } from "./programs.ts";

/** Runs transactions one after another and gives what each said. */
export type Backend = { perform(transaction: Transaction): Promise<string> };

const APP = path.join(import.meta.dirname, "app");
const modules = {
  ...import.meta.glob(["./app/program.ts", "./app/cases.ts"]),
  "./app/_generated/api.js": async () => ({}),
};
const mutationRef = makeFunctionReference<"mutation">("program:run");
const queryRef = makeFunctionReference<"query">("program:look");

type Answer = { outcomes: Outcome[]; memory?: Memory };
type Run = (transaction: Transaction, args: Record<string, Value>) => Promise<Answer>;

/** What both kinds of client can do. */
export type Client = Pick<AdminClient, "query" | "mutation" | "action">;

/** A fresh convex-test, called like a client. */
export function oracleClient(): Client {
  return convexTest({ schema, modules }) as unknown as Client;
}

/** A client of a fresh engine. */
export async function engineClient(): Promise<Client> {
  const engine = await startEngine({ functionsDir: APP });
  const client = httpClient(engine.url);
  client.setAdminAuth(engine.adminKey);
  return client;
}

/** A fresh convex-test that runs programs. */
export function oracle(): Backend {
  const t = convexTest({ schema, modules });
  return backend(async ({ kind }, args) =>
    kind === "mutation" ? await t.mutation(mutationRef, args) : await t.query(queryRef, args),
  );
}

/** The engine; `fresh` empties it. */
export async function engineUnderTest(): Promise<{ fresh(): Promise<Backend> }> {
  const client = await engineClient();
  const run: Run = async ({ kind }, args) =>
    (kind === "mutation"
      ? await client.mutation(mutationRef, args)
      : await client.query(queryRef, args)) as Answer;
  return {
    async fresh() {
      await client.mutation(makeFunctionReference<"mutation">("program:clear"), {});
      return backend(run);
    },
  };
}

function backend(run: Run): Backend {
  let memory: Memory = { ids: [], cursors: {} };
  return {
    async perform(transaction) {
      const { kind, steps, fail } = transaction;
      const args = { steps: steps as Value, memory, ...(kind === "mutation" ? { fail } : {}) };
      try {
        const answer = await run(transaction, args);
        memory = answer.memory ?? memory;
        return answer.outcomes.map((outcome) => describe(outcome, memory)).join("\n");
      } catch {
        return "The transaction failed.";
      }
    },
  };
}

/** Without what must differ: ids by the order in which they were made, no times, no messages. */
function describe(outcome: Outcome, { ids }: Memory): string {
  const names = new Map(ids.map((id, i) => [id, `#${i}`]));
  const plain = (json: JSONValue): JSONValue => {
    if (typeof json === "string") return names.get(json) ?? json;
    if (Array.isArray(json)) return json.map(plain);
    if (typeof json !== "object" || json === null) return json;
    if ("failed" in json && Object.keys(json).length === 1) return { failed: true };
    const entries = Object.entries(json).filter(([name]) => name !== "_creationTime");
    return Object.fromEntries(entries.sort().map(([name, inner]) => [name, plain(inner)]));
  };
  return JSON.stringify(plain(convexToJson(outcome as Value)));
}
