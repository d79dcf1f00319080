import { anyApi as api } from "convex/server";
import { ConvexError } from "convex/values";
import { describe, expect, test } from "vitest";
import { startEngine, type AdminClient, type TestEngine, httpClient, until } from "./engine.ts";

/** What `run` rejects with. */
async function failureOf(run: Promise<unknown>): Promise<Error & { data?: unknown }> {
  return await run.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error: Error) => error,
  );
}

async function start(): Promise<{ engine: TestEngine; client: AdminClient }> {
  const engine = await startEngine({ env: { GREETING: "hello" } });
  return { engine, client: httpClient(engine.url) };
}

describe("what functions see", () => {
  test("time stands still in queries and mutations", async () => {
    const { client } = await start();
    const times = (await client.query(api.runtime!.clock!, {})) as number[];
    expect(new Set(times).size).toBe(1);
    expect(Math.abs(times[0]! - Date.now())).toBeLessThan(10_000);
  });

  test("randomness differs from run to run", async () => {
    const { client } = await start();
    const [one, two] = [
      await client.mutation(api.runtime!.randoms!, {}),
      await client.mutation(api.runtime!.randoms!, {}),
    ];
    expect(one).not.toEqual(two);
    expect(one.numbers.every((number: number) => number >= 0 && number < 1)).toBe(true);
    expect(one.uuid).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test("queries and mutations have neither network nor timers, and are told so", async () => {
    const { client } = await start();
    const found = await client.mutation(api.runtime!.forbidden!, {});
    for (const name of ["fetch", "globalFetch", "setTimeout", "setInterval"]) {
      expect(found[name]).toMatch(
        /^Can't use \w+(\(\))? in queries and mutations\. Please consider using an action\./,
      );
    }
    expect(found.buffer).toBe("undefined");
  });

  test("a global that a function replaces is another for it alone, by its bare name too", async () => {
    const { url } = await startEngine();
    const client = httpClient(url);
    // More than once: what the first put back must not be in the way of the second.
    for (let i = 0; i < 2; i++) {
      const [replaced, others] = await Promise.all([
        client.mutation(api.runtime!.withOtherGlobals!, {}),
        httpClient(url).query(api.runtime!.globalsSeen!, {}),
      ]);
      expect(replaced).toEqual({
        seen: [5, 5, 0.5, "undefined"],
        isDate: [true, true],
        absent: [false, true],
        after: [true, 36],
      });
      expect(others).toEqual({ now: true, polyfilled: true, shared: "by the module" });
    }
  });

  test("actions have time, timers and network, and call other functions", async () => {
    const { engine, client } = await start();
    const seen = await client.action(api.runtime!.inAction!, { url: `${engine.url}/version` });
    expect(seen).toMatchObject({ status: 200, total: 0 });
    expect(seen.passed).toBeGreaterThanOrEqual(15);
  });

  test("environment variables are the deployment's, not the machine's", async () => {
    const { engine, client } = await start();
    const read = (name: string) => client.query(api.runtime!.environment!, { name });
    expect(await read("GREETING")).toBe("hello");
    expect(await read("CONVEX_CLOUD_URL")).toBe(engine.url);
    expect(await read("CONVEX_SITE_URL")).toBe(engine.siteUrl);
    expect(await read("PATH")).toBeNull();
  });
});

describe("transactions", () => {
  test("a mutation that fails leaves nothing", async () => {
    const { client } = await start();
    await failureOf(client.mutation(api.messages!.sendThenFail!, { channel: "a", how: "plain" }));
    expect(await client.query(api.messages!.count!, {})).toBe(0);
  });

  test("a nested mutation that fails undoes only itself, and the outer one learns why", async () => {
    const { client } = await start();
    const message = await client.mutation(api.counters!.nestedFailure!, { name: "n" });
    expect(message).toContain("inner failure");
    expect(await client.query(api.counters!.get!, { name: "n" })).toBe(1);
  });

  test("nested mutations started at once run one after another", async () => {
    const { client } = await start();
    await client.mutation(api.counters!.parallel!, { name: "p" });
    expect(await client.query(api.counters!.get!, { name: "p" })).toBe(10);
  });

  test("take back their own writes only, not those that the caller makes meanwhile", async () => {
    const { client } = await start();
    await client.mutation(api.counters!.besideFailure!, { name: "b" });
    const value = (name: string) => client.query(api.counters!.get!, { name });
    expect([await value("b-1"), await value("b-2"), await value("b")]).toEqual([1, 2, 0]);
  });

  test("write the audit log with facts of the request, mutations when they have committed", async () => {
    const { client, engine } = await start();
    const lines = () => engine.logs.flatMap((e) => (e.topic === "custom_audit" ? [e.body] : []));
    const byQuery = { by: "query", ip: "127.0.0.1", at: [expect.any(Number)] };
    await client.query(api.runtime!.auditedQuery!, {});
    expect(lines()).toEqual([byQuery]);
    await failureOf(client.mutation(api.runtime!.auditedMutation!, { fails: true }));
    expect(lines()).toHaveLength(1);
    await client.mutation(api.runtime!.auditedMutation!, { fails: false });
    const request = expect.stringMatching(/^[0-9a-f]{16}$/) as string;
    expect(lines().slice(1)).toEqual([{ by: "mutation", request, actor: null }, byQuery]);
  });

  test("know their timestamp as what was written, searched for, passed on and returned", async () => {
    const { client } = await start();
    const result = await client.mutation(api.runtime!.commitTimestamps!, {});
    const [at] = (await client.query(api.runtime!.stamps!, {})) as bigint[];
    expect(at).toBeTypeOf("bigint");
    expect(result).toEqual({ found: 1, own: at, nested: at });
  });

  test("what a mutation does not await is done before it has returned", async () => {
    const { client } = await start();
    expect(await client.mutation(api.runtime!.floating!, { channel: "a" })).toBe("returned");
    expect(await client.query(api.counters!.get!, { name: "a" })).toBe(1);
    expect(await client.query(api.messages!.count!, {})).toBeGreaterThanOrEqual(2);
    await until(async () => (await client.query(api.messages!.count!, {})) === 3);
  });
});

describe("clients", () => {
  test("cannot call internal functions, which look as if they did not exist", async () => {
    const { engine, client } = await start();
    const call = (path: string) =>
      failureOf(client.mutation(path as never, { name: "n", by: 1 } as never));
    const internal = await call("counters:add");
    const missing = await call("counters:missing");
    const withoutId = (error: Error) => error.message.replace(/[0-9a-f]{16}/, "");
    expect(withoutId(internal)).toBe(withoutId(missing));
    expect(await client.query(api.counters!.get!, { name: "n" })).toBe(0);
    client.setAdminAuth(engine.adminKey);
    await client.mutation(api.counters!.add!, { name: "n", by: 1 });
    expect(await client.query(api.counters!.get!, { name: "n" })).toBe(1);
  });

  test("learn nothing of a plain error, but the log does", async () => {
    const { engine, client } = await start();
    const error = await failureOf(client.query(api.messages!.failing!, { how: "plain" }));
    expect(error.message).toMatch(/^\[Request ID: [0-9a-f]{16}\] Server Error$/);
    expect(error).not.toBeInstanceOf(ConvexError);
    const logged = engine.logs.find(
      (event) => event.topic === "function_execution" && event.function.path === "messages:failing",
    );
    expect(JSON.stringify(logged)).toContain("a secret detail");
  });

  test("get the data of a ConvexError, with its types", async () => {
    const { client } = await start();
    const run = client.mutation(api.messages!.sendThenFail!, { channel: "a", how: "convex" });
    const error = await failureOf(run);
    expect(error).toBeInstanceOf(ConvexError);
    expect(error.data).toEqual({ code: "NO", count: 3n });
  });

  test("never see log lines", async () => {
    const { engine, client } = await start();
    const body = JSON.stringify({
      path: "messages:failing",
      args: [{ how: "plain" }],
      format: "convex_encoded_json",
    });
    const response = await fetch(`${engine.url}/api/query`, { method: "POST", body });
    expect(await response.text()).not.toContain("secret");
    await failureOf(client.query(api.messages!.failing!, { how: "plain" }));
    const line = engine.logs.find((event) => event.topic === "console");
    expect(line).toMatchObject({ log_level: "LOG", message: "'a secret line'" });
  });

  test("are refused arguments that do not fit, before the function runs", async () => {
    const { engine, client } = await start();
    const wrong = [
      { channel: "a" },
      { channel: "a", body: 5 },
      { channel: "a", body: "x", more: 1 },
    ];
    for (const args of wrong) await failureOf(client.mutation(api.messages!.send!, args));
    expect(await client.query(api.messages!.count!, {})).toBe(0);
    const reasons = engine.logs.flatMap((event) =>
      event.topic === "function_execution" && event.status === "failure" && !event.will_retry
        ? [event.error_message!]
        : [],
    );
    expect(reasons).toHaveLength(3);
    expect(reasons[0]).toContain(
      "ArgumentValidationError: Object is missing the required field `body`",
    );
    expect(reasons[1]).toContain("ArgumentValidationError: Value does not match validator.");
    expect(reasons[2]).toContain("ArgumentValidationError: Object contains extra field `more`");
  });

  test("are refused an id of another table as an argument", async () => {
    const { client } = await start();
    await client.mutation(api.counters!.increment!, { name: "n" });
    const id = await client.mutation(api.messages!.send!, { channel: "a", body: "x" });
    await client.mutation(api.messages!.edit!, { id, body: "y" });
    const jobId = await client.mutation(api.jobs!.schedule!, { label: "later", delay: 60_000 });
    await failureOf(client.mutation(api.messages!.edit!, { id: jobId, body: "z" }));
    expect(await client.query(api.messages!.bodies!, { channel: "a" })).toEqual(["y"]);
  });

  test("do not get a result that breaks the function's own promise", async () => {
    const { engine, client } = await start();
    await failureOf(client.query(api.runtime!.wrongReturn!, {}));
    expect(JSON.stringify(engine.logs)).toContain("ReturnsValidationError");
  });

  test("cannot call a function as another kind than it is", async () => {
    const { client } = await start();
    await failureOf(
      client.query(api.messages!.send! as never, { channel: "a", body: "x" } as never),
    );
    expect(await client.query(api.messages!.count!, {})).toBe(0);
  });
});
