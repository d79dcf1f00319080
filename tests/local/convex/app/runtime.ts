import {
  actionGeneric as action,
  log,
  makeFunctionReference,
  mutationGeneric as mutation,
  queryGeneric as query,
} from "convex/server";
import { v } from "convex/values";

export const clock = query({
  args: {},
  handler: async ({ db }) => {
    const before = [Date.now(), new Date().getTime(), globalThis.Date.now()];
    await db.query("messages").take(1);
    return [...before, Date.now()];
  },
});

export const randoms = mutation({
  args: {},
  handler: async () => ({
    numbers: [Math.random(), Math.random()],
    uuid: crypto.randomUUID(),
    bytes: crypto.getRandomValues(new Uint8Array(16)).buffer,
  }),
});

/** The message of what each forbidden global throws, by name. */
export const forbidden = mutation({
  args: {},
  handler: async () => {
    const attempts: Record<string, () => unknown> = {
      fetch: () => fetch("http://localhost"),
      globalFetch: () => globalThis.fetch("http://localhost"),
      setTimeout: () => setTimeout(() => {}, 0),
      setInterval: () => setInterval(() => {}, 1000),
    };
    const messages: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
        messages[name] = "allowed";
      } catch (error) {
        messages[name] = (error as Error).message;
      }
    }
    return { ...messages, buffer: typeof Buffer };
  },
});

export const inAction = action({
  args: { url: v.string() },
  handler: async (ctx, { url }) => {
    const started = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const response = await fetch(url);
    const total: number = await ctx.runQuery(makeFunctionReference<"query">("messages:count"), {});
    return { passed: Date.now() - started, status: response.status, total };
  },
});

// As a polyfill does, for code that names it.
(globalThis as { setImmediate: unknown }).setImmediate = { polyfilled: true };
(globalThis as { shared?: string }).shared = "by the module";

/** Replaces globals as a workflow engine does to make its code repeatable, and puts them back. */
export const withOtherGlobals = mutation({
  args: {},
  handler: async ({ db }) => {
    const global = globalThis as unknown as Record<string, unknown>;
    const names = ["Date", "Math", "crypto", "shared"] as const;
    const originals = Object.fromEntries(names.map((name) => [name, global[name]]));
    const descriptor = Object.getOwnPropertyDescriptor(global, "crypto");
    const RealDate = Date;
    global.Date = class extends RealDate {
      constructor() {
        super(5);
      }
      static override now = () => 5;
    };
    global.Math = { ...Math, random: () => 0.5 };
    Object.defineProperty(global, "crypto", { value: undefined, writable: true });
    global.shared = "by the function";
    await db.query("messages").take(1);
    const seen = [Date.now(), new Date().getTime(), Math.random(), typeof self.crypto];
    const isDate = [new Date() instanceof Date, new RealDate(0) instanceof Date];
    Object.assign(global, originals);
    Object.defineProperty(global, "crypto", descriptor!);
    return {
      seen,
      isDate,
      absent: ["Buffer" in globalThis, "self" in globalThis],
      after: [Date.now() > 5, crypto.randomUUID().length],
    };
  },
});

export const globalsSeen = query({
  args: {},
  handler: async () => ({
    now: Date.now() > 5,
    polyfilled: (setImmediate as unknown as { polyfilled: boolean }).polyfilled,
    shared: (globalThis as { shared?: string }).shared,
  }),
});

export const environment = query({
  args: { name: v.string() },
  handler: async (_ctx, { name }) => process.env[name] ?? null,
});

export const wrongReturn = query({
  args: {},
  returns: v.string(),
  handler: async () => 5 as unknown as string,
});

/** Computes for some ms, and has another do the same. */
export const compute = mutation({
  args: { nested: v.boolean() },
  handler: async (ctx, { nested }): Promise<number> => {
    let sum = 0;
    if (nested) {
      const computeRef = makeFunctionReference<"mutation", { nested: boolean }, number>(
        "runtime:compute",
      );
      return await ctx.runMutation(computeRef, { nested: false });
    }
    for (let i = 0; i < 10_000_000; i++) sum += i % 7;
    return sum;
  },
});

/** Awaits nothing of what it starts: writes in a row, a nested mutation, a job. */
export const floating = mutation({
  args: { channel: v.string() },
  handler: async (ctx, { channel }) => {
    const write = (body: string) => ctx.db.insert("messages", { channel, body });
    void Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => Promise.resolve())
      .then(() => Promise.resolve())
      .then(() => Promise.resolve())
      .then(() => write("first"))
      .then(() => write("second"))
      .catch(() => undefined);
    void ctx.runMutation(makeFunctionReference<"mutation">("counters:increment"), {
      name: channel,
    });
    void ctx.scheduler.runAfter(0, makeFunctionReference<"mutation">("messages:send"), {
      channel,
      body: "scheduled",
    });
    return "returned";
  },
});

/** Fails in something that it does not await, after or before it has returned. */
export const floatingFailure = mutation({
  args: { channel: v.string(), returnsFirst: v.boolean() },
  handler: async (ctx, { channel, returnsFirst }) => {
    const id = await ctx.db.insert("messages", { channel, body: "kept?" });
    await ctx.db.delete(id);
    void ctx.db.patch(id, { body: "gone" });
    if (!returnsFirst) await ctx.db.insert("messages", { channel, body: "kept?" });
  },
});

const auditRef = makeFunctionReference<"query">("runtime:auditedQuery");

export const auditedQuery = query({
  args: {},
  handler: async () => {
    await log.audit({ by: "query", ip: log.vars.ip, at: [log.vars.now] });
  },
});

export const auditedMutation = mutation({
  args: { fails: v.boolean() },
  handler: async (ctx, { fails }) => {
    await log.audit({ by: "mutation", request: log.vars.requestId, actor: log.vars.convexActor });
    await ctx.runQuery(auditRef, {});
    if (fails) throw new Error("on purpose");
  },
});

/** Writes, finds and passes on the timestamp that it will have. */
export const commitTimestamps = mutation({
  args: {},
  handler: async (ctx) => {
    const { commitTs } = ctx.db.vars;
    await ctx.db.insert("stamps", { at: commitTs });
    const found = await ctx.db
      .query("stamps")
      .withIndex("by_at", (q) => q.eq("at", commitTs))
      .collect();
    const passed = makeFunctionReference<"mutation">("runtime:passTimestamp");
    return {
      found: found.length,
      own: commitTs,
      nested: await ctx.runMutation(passed, { commitTs }),
    };
  },
});

export const passTimestamp = mutation({
  args: { commitTs: v.commitTs() },
  returns: v.commitTs(),
  handler: async (_ctx, { commitTs }) => commitTs,
});

export const stamps = query({
  args: {},
  handler: async ({ db }) => (await db.query("stamps").collect()).map(({ at }) => at as bigint),
});

/** Throws what is not an Error. */
export const throwStrange = mutation({
  args: { what: v.string() },
  handler: async (_ctx, { what }) => {
    const strange: Record<string, unknown> = {
      bare: Object.create(null),
      symbol: Symbol("s"),
      nothing: undefined,
      hostile: {
        toString() {
          throw new Error("no text for you");
        },
      },
    };
    throw strange[what];
  },
});

/** Fails after it has returned: a timer that throws, a promise that nobody awaits, a late call. */
export const failLater = action({
  args: {},
  handler: async (ctx) => {
    setTimeout(() => {
      throw new Error("thrown by a timer");
    }, 5);
    void new Promise((resolve) => setTimeout(resolve, 5)).then(() =>
      ctx.runQuery(makeFunctionReference<"query">("messages:count"), {}),
    );
    void Promise.reject(new Error("awaited by nobody"));
  },
});

/** A text of so many characters. */
export const large = mutation({
  args: { length: v.number() },
  handler: async (_ctx, { length }) => "x".repeat(length),
});

export const largeFromAction = action({
  args: { length: v.number() },
  handler: async (_ctx, { length }) => "x".repeat(length),
});
