/**
 * Mutations that clients may send twice: after a reconnect a client repeats what it has no answer
 * for. The answer of each is kept under (session, request) in the mutation's own transaction, so a
 * repetition gets the same answer and changes nothing.
 */
import type { JSONValue } from "convex/values";
import type { MutationHooks } from "./runtime/runner.ts";
import type { Store } from "./store/types.ts";
import { findRow, rows, SESSION_REQUESTS } from "./systemTables.ts";

type RequestRow = { sessionId: string; requestId: number; value: string; ts: string };

/** A client that was away longer than this starts over. */
const KEPT_MS = 24 * 60 * 60_000;

export function onceHooks(sessionId: string, requestId: number): MutationHooks {
  return {
    replay: (tx) => {
      const row = findRow<RequestRow>(tx, `${SESSION_REQUESTS}.by_request`, {
        sessionId,
        requestId,
      });
      return row && { value: JSON.parse(row.value) as JSONValue, ts: BigInt(row.ts) };
    },
    record: (tx, value) => {
      const row: RequestRow = {
        sessionId,
        requestId,
        value: JSON.stringify(value),
        ts: `${tx.commitTs}`,
      };
      tx.insert("", SESSION_REQUESTS, row);
    },
  };
}

/** Forgets answers that nobody will ask for. */
export async function forgetOldRequests(store: Store): Promise<void> {
  await store.mutate(
    async (tx) => {
      const old: string[] = [];
      for (const row of rows<RequestRow>(tx, `${SESSION_REQUESTS}.by_creation_time`)) {
        if (row._creationTime > Date.now() - KEPT_MS) break;
        old.push(row._id);
        await store.breathe();
      }
      for (const id of old) {
        tx.remove("", id);
        await store.breathe();
      }
    },
    { limits: false },
  );
}
