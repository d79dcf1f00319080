/** What a function may not do, so that all others can go on. */
import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import type { StartConvexOptions } from "../../../local/convex/server.ts";
import { httpClient, startEngine, type AdminClient, type TestEngine } from "./engine.ts";

async function start(
  options: Partial<StartConvexOptions> = {},
): Promise<{ engine: TestEngine; client: AdminClient }> {
  const engine = await startEngine(options);
  const client = httpClient(engine.url);
  client.setAdminAuth(engine.adminKey);
  return { engine, client };
}

describe("a nested function", () => {
  test("keeps to limits of its own, counted from where it begins", async () => {
    const { client } = await start();
    expect(await client.mutation(api.limits!.nested!, {})).toEqual({
      fits: null,
      writes: expect.stringContaining("Too many writes"),
      bytes: expect.stringContaining("Too many bytes written"),
      schedules: expect.stringContaining("Too many functions scheduled"),
      reads: expect.stringContaining("Too many documents read"),
      after: null,
      kept: 5 + 2 + 3,
    });
  });

  test("may call others to a depth of eight", async () => {
    const { client } = await start();
    expect(await client.mutation(api.limits!.deep!, { depth: 8 })).toBe(7);
    await expect(client.mutation(api.limits!.deep!, { depth: 9 })).rejects.toThrow(
      "call depth limit exceeded",
    );
  });
});

// Four seconds of the processor's time, which are many more on a busy machine.
test(
  "a function that does not end is stopped, and others go on",
  { timeout: 180_000 },
  async () => {
    const { client } = await start({ conflicts: 0 });
    for (const how of ["while", "nested", "stubborn", "promises"]) {
      await expect(client.mutation(api.limits!.endless!, { how })).rejects.toThrow(
        "Function execution timed out (maximum duration: 1s)",
      );
      expect(await client.query(api.jobs!.runs!, { label: "endless" })).toBe(0);
    }
  },
);

test("a name with two colons is of no function", async () => {
  const { client } = await start();
  await expect(client.query("messages:count:x" as never, {})).rejects.toThrow(
    "Could not find function for 'messages:count:x'",
  );
});

describe("the body of a request to an HTTP action", () => {
  const megabyte = new Uint8Array(1024 * 1024).fill(97);
  const chunks = (count: number) => {
    let left = count;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left-- > 0) controller.enqueue(megabyte);
        else controller.close();
      },
    });
  };

  test("may be large", async () => {
    const { engine } = await start();
    const body = chunks(10);
    const options = { method: "POST", body, duplex: "half" } as RequestInit;
    const answer = await (await fetch(`${engine.siteUrl}/echo`, options)).text();
    expect(answer).toHaveLength(10 * megabyte.length);
  });

  test("is refused over 64 MiB, whether or not it says its length", async () => {
    const { engine, client } = await start();
    const announced = { method: "POST", body: new Blob(Array<BlobPart>(65).fill(megabyte)) };
    expect((await fetch(`${engine.siteUrl}/echo`, announced)).status).toBe(413);
    const streamed = { method: "POST", body: chunks(65), duplex: "half" } as RequestInit;
    expect((await fetch(`${engine.siteUrl}/echo`, streamed)).status).toBe(500);
    expect(await client.query(api.messages!.count!, {})).toBe(0);
  });
});

test("no argument and no result is larger than a Convex value may be", async () => {
  const { client } = await start();
  const echo = (value: unknown) => client.query(api.limits!.echo!, { value });
  expect(await echo(Array.from({ length: 8192 }, () => 1))).toHaveLength(8192);
  const tooLong = Array.from({ length: 8193 }, () => 1);
  await expect(echo(tooLong)).rejects.toThrow(
    "Invalid arguments for limits:echo: Array length is too long (8193 > maximum length 8192)",
  );
  const fields = Object.fromEntries(tooLong.slice(0, 1025).map((_, i) => [`f${i}`, i]));
  await expect(echo([fields])).rejects.toThrow("Object has too many fields (1025 >");
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  expect(await echo(nested(63))).toEqual(nested(63));
  await expect(echo(nested(64))).rejects.toThrow("Value is too nested");
  await expect(client.query(api.limits!.list!, { length: 8193 })).rejects.toThrow(
    "Invalid result of limits:list: Array length is too long",
  );
});
