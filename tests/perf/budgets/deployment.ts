import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JSONValue } from "convex/values";
import { Engine } from "../../../local/convex/engine.ts";
import { ENGINE_REQUEST, type RequestContext } from "../../../local/convex/runtime/execution.ts";
import type { Call } from "../../../local/convex/runtime/runner.ts";
import { loadSecrets } from "../../../local/convex/secrets.ts";
import { NO_WRITES } from "../../../local/convex/store/readset.ts";
import type {
  ReadSet,
  TransactionMetrics,
  WriteSet,
  WriteTransaction,
} from "../../../local/convex/store/types.ts";
import type { Writer } from "../../../local/convex/store/writeTransaction.ts";
import type { RegisteredFunction } from "../../isolation/functions.ts";
import { identityOf, type ClerkUser } from "../../support/backend.ts";

const FUNCTIONS = join(import.meta.dirname, "../../../convex");
const ROLLED_BACK = Symbol("rolled back");

/** What a call has read, and what it would have written. */
export type Cost = Pick<TransactionMetrics, "documentsRead" | "indexRanges"> & {
  reads: ReadSet;
  writes: WriteSet;
};

/**
 * The engine with Sunup's functions and nothing that runs by itself: no sockets, no schedule, no
 * crons. What it counts is what a transaction has read of the database below both walls.
 */
export class Deployment {
  readonly #engine: Engine;
  readonly #folder: string;

  private constructor(engine: Engine, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
  }

  static async open(): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), "sunup-budgets-"));
    const engine = new Engine({
      functionsDir: FUNCTIONS,
      dataDir: folder,
      env: { CLERK_JWT_ISSUER_DOMAIN: "https://clerk.test" },
      secrets: loadSecrets(folder),
      urls: { cloud: "http://127.0.0.1:9", site: "http://127.0.0.1:9" },
      watch: false,
      conflicts: 0,
      onLog: () => {},
      onReload: () => {},
    });
    await engine.reload();
    return new Deployment(engine, folder);
  }

  /** Writes rows past all functions, as many as one likes. */
  async write<Result>(task: (tx: WriteTransaction) => Result): Promise<Result> {
    return (await this.#engine.store.mutate(task, { limits: false })).result;
  }

  /** What a public function costs this user. A mutation's writes are undone. Throws when it is refused. */
  async costOf(
    fn: Pick<RegisteredFunction, "path" | "kind">,
    args: Record<string, unknown>,
    user: ClerkUser,
  ): Promise<Cost> {
    const call: Call = {
      component: "",
      path: fn.path,
      args: args as JSONValue,
      request: requestOf(user),
      allowed: "public",
    };
    return fn.kind === "query" ? await this.#query(call) : await this.#mutation(call);
  }

  async close(): Promise<void> {
    await this.#engine.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #query(call: Call): Promise<Cost> {
    const tx = this.#engine.store.snapshot();
    try {
      const outcome = await this.#engine.runner.queryOn(tx, call, null);
      if (!outcome.ok) throw outcome.error;
      return { ...tx.metrics, reads: tx.reads, writes: NO_WRITES };
    } finally {
      tx.close();
    }
  }

  async #mutation(call: Call): Promise<Cost> {
    let cost: Cost | undefined;
    try {
      const outcome = await this.#engine.runner.mutation(call, {
        record: (tx) => {
          const writes = (tx as Writer).writes.finish();
          cost = { ...tx.metrics, reads: tx.reads, writes };
          throw ROLLED_BACK;
        },
      });
      if (!outcome.ok) throw outcome.error;
    } catch (error) {
      if (error !== ROLLED_BACK) throw error;
    }
    if (cost === undefined) throw new Error(`${call.path} ended without a cost.`);
    return cost;
  }
}

function requestOf(user: ClerkUser): RequestContext {
  const { name, ...identity } = identityOf(user);
  const claims = { ...identity, ...(name && { name }) };
  const tokenIdentifier = `${identity.issuer}|${identity.subject}`;
  return {
    ...ENGINE_REQUEST,
    requestId: "budgets",
    reason: "webSocket",
    identity: {
      kind: "user",
      user: { ...claims, tokenIdentifier },
      token: "",
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    },
  };
}
