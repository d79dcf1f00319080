import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import { connect, startEngine, until, httpClient } from "./engine.ts";
import { RawClient, recorder, tsOf } from "./frames.ts";

describe("live queries", () => {
  test("show a change made by another client", async () => {
    const { url } = await startEngine();
    const [watcher, writer] = [connect(url), connect(url)];
    let seen: string[] | undefined;
    watcher.onUpdate(api.messages!.bodies!, { channel: "a" }, (bodies) => (seen = bodies));
    await until(() => seen?.length === 0);
    await writer.mutation(api.messages!.send!, { channel: "a", body: "hello" });
    await until(() => seen?.[0] === "hello");
  });

  test("are not run again for a change that they do not depend on", async () => {
    const engine = await startEngine();
    const client = connect(engine.url);
    let updates = 0;
    client.onUpdate(api.messages!.bodies!, { channel: "mine" }, () => updates++);
    await until(() => updates === 1);
    const runs = () =>
      engine.logs.filter(
        (event) =>
          event.topic === "function_execution" && event.function.path === "messages:bodies",
      ).length;
    expect(runs()).toBe(1);
    for (let i = 0; i < 5; i++) {
      await client.mutation(api.messages!.send!, { channel: "theirs", body: `${i}` });
    }
    expect(runs()).toBe(1);
    await client.mutation(api.messages!.send!, { channel: "mine", body: "x" });
    expect(updates).toBe(2);
  });

  test("miss no commit that lands while they run", async () => {
    const { url } = await startEngine();
    const [writer, http] = [connect(url), httpClient(url)];
    // Watchers that start in the middle of a stream of writes run while commits land.
    const writes = Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        writer.mutation(api.messages!.send!, { channel: "busy", body: `${i}` }),
      ),
    );
    const counts = Array.from({ length: 20 }, () => 0);
    for (let i = 0; i < counts.length; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      connect(url).onUpdate(
        api.messages!.bodies!,
        { channel: "busy" },
        (bodies) => (counts[i] = bodies.length),
      );
    }
    await writes;
    expect(await http.query(api.messages!.count!, {})).toBe(200);
    await until(() => counts.every((count) => count === 200));
  });

  test("of one client are all as of one moment", async () => {
    const { url } = await startEngine();
    const client = await RawClient.open(url);
    client.watch(0, "counters:get", { name: "both" });
    client.watch(1, "counters:get", { name: "both" });
    await client.frame(({ endVersion }) => endVersion?.querySet === 2);
    const writer = connect(url);
    await Promise.all(
      Array.from({ length: 50 }, () => writer.mutation(api.counters!.increment!, { name: "both" })),
    );
    const check = () => {
      const values = new Map<number, unknown>();
      for (const { modifications = [] } of client.transitions()) {
        for (const { queryId, value } of modifications) values.set(queryId, value);
        if (values.size === 2) expect(values.get(0)).toBe(values.get(1));
      }
      return values.get(0) === 50;
    };
    await until(check);
  });

  test("say when the function fails, without saying why", async () => {
    const engine = await startEngine();
    const client = connect(engine.url);
    let failure: Error | undefined;
    client.onUpdate(
      api.messages!.failing!,
      { how: "plain" },
      () => {},
      (error) => (failure = error),
    );
    const { message } = await until(() => failure);
    expect(message).toMatch(/\[Request ID: [0-9a-f]{16}\] Server Error/);
    expect(message).not.toContain("secret");
  });

  test("go on after the connection is lost", async () => {
    const { url } = await startEngine();
    const recording = recorder();
    const client = connect(url, { webSocketConstructor: recording.webSocketConstructor });
    let seen: string[] | undefined;
    client.onUpdate(api.messages!.bodies!, { channel: "a" }, (bodies) => (seen = bodies));
    await until(() => seen);
    recording.sockets[0]!.terminate();
    await connect(url).mutation(api.messages!.send!, { channel: "a", body: "meanwhile" });
    await until(() => seen?.[0] === "meanwhile");
    expect(recording.sockets.length).toBeGreaterThan(1);
  });
});

describe("mutations", () => {
  test("are answered before the transition that shows them", async () => {
    const { url } = await startEngine();
    const recording = recorder();
    const client = connect(url, { webSocketConstructor: recording.webSocketConstructor });
    client.onUpdate(api.counters!.get!, { name: "n" }, () => {});
    for (let i = 0; i < 20; i++) await client.mutation(api.counters!.increment!, { name: "n" });
    const { frames } = recording;
    for (const [at, frame] of frames.entries()) {
      if (frame.type !== "MutationResponse") continue;
      const committed = tsOf(frame.ts!);
      for (const { endVersion } of frames.slice(0, at)) {
        if (endVersion) expect(tsOf(endVersion.ts)).toBeLessThan(committed);
      }
    }
    expect(frames.filter(({ type }) => type === "MutationResponse")).toHaveLength(20);
  });

  test("never make an optimistic update flicker", async () => {
    const { url } = await startEngine();
    const [client, other] = [connect(url), connect(url)];
    const seen: number[] = [];
    client.onUpdate(api.counters!.get!, { name: "n" }, (value) => seen.push(value));
    await until(() => seen.length === 1);
    // Another client's commits make transitions that race with the mutation's.
    const noise = Promise.all(
      Array.from({ length: 100 }, () =>
        other.mutation(api.counters!.increment!, { name: "noise" }),
      ),
    );
    for (let i = 0; i < 20; i++) {
      await client.mutation(
        api.counters!.increment!,
        { name: "n" },
        {
          optimisticUpdate: (store) => {
            const value = store.getQuery(api.counters!.get!, { name: "n" }) as number;
            store.setQuery(api.counters!.get!, { name: "n" }, value + 1);
          },
        },
      );
    }
    await noise;
    expect(seen.at(-1)).toBe(20);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test("are followed by a transition even when nobody watches", async () => {
    const { url } = await startEngine();
    const client = await RawClient.open(url);
    client.mutate(0, "messages:send", { channel: "a", body: "x" });
    const { ts } = await client.response(0);
    await client.frame(
      ({ endVersion }) => endVersion !== undefined && tsOf(endVersion.ts) >= tsOf(ts!),
    );
  });

  test("of one client run in the order in which they were sent", async () => {
    const { url } = await startEngine();
    const client = connect(url);
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        client.mutation(api.messages!.send!, { channel: "ordered", body: `${i}` }),
      ),
    );
    const bodies = (await client.query(api.messages!.bodies!, { channel: "ordered" })) as string[];
    expect(bodies).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
  });

  test("sent again after a reconnect change nothing and get the same answer", async () => {
    const { url } = await startEngine();
    const session = crypto.randomUUID();
    const first = await RawClient.open(url, session);
    first.mutate(7, "messages:send", { channel: "a", body: "once" });
    const answer = await first.response(7);
    first.socket.terminate();
    const second = await RawClient.open(url, session);
    second.mutate(7, "messages:send", { channel: "a", body: "once" });
    const repeated = await second.response(7);
    expect(repeated).toEqual(answer);
    const client = connect(url);
    expect(await client.query(api.messages!.bodies!, { channel: "a" })).toEqual(["once"]);
  });

  test("are repeated by the real client when the connection breaks, and count once", async () => {
    const { url } = await startEngine();
    const recording = recorder();
    const client = connect(url, { webSocketConstructor: recording.webSocketConstructor });
    await client.mutation(api.counters!.increment!, { name: "n" });
    for (let round = 0; round < 5; round++) {
      const pending = client.mutation(api.counters!.increment!, { name: "n" });
      setTimeout(() => recording.sockets.at(-1)!.terminate(), round);
      await pending;
    }
    expect(await client.query(api.counters!.get!, { name: "n" })).toBe(6);
  });

  test("sent again after a restart of the engine change nothing", async () => {
    const before = await startEngine();
    const session = crypto.randomUUID();
    const first = await RawClient.open(before.url, session);
    first.mutate(1, "messages:send", { channel: "a", body: "once" });
    const answer = await first.response(1);
    await before.close();
    const after = await startEngine({ dataDir: before.dataDir });
    const second = await RawClient.open(after.url, session, answer.ts);
    second.mutate(1, "messages:send", { channel: "a", body: "once" });
    expect(await second.response(1)).toEqual(answer);
    expect(await connect(after.url).query(api.messages!.count!, {})).toBe(1);
  });
});

describe("time", () => {
  test("goes on where it was after a restart", async () => {
    const before = await startEngine();
    const client = await RawClient.open(before.url);
    client.mutate(0, "messages:send", { channel: "a", body: "x" });
    const { ts } = await client.response(0);
    await before.close();
    const after = await startEngine({ dataDir: before.dataDir });
    const again = await RawClient.open(after.url, undefined, ts);
    again.mutate(1, "messages:send", { channel: "a", body: "y" });
    expect(tsOf((await again.response(1)).ts!)).toBeGreaterThan(tsOf(ts!));
  });

  test("refuses a client that has seen more than there is", async () => {
    const { url } = await startEngine();
    const future = Buffer.alloc(8);
    future.writeBigUInt64LE(2n ** 63n - 1n);
    const client = await RawClient.open(url, undefined, future.toString("base64"));
    await until(() => client.socket.readyState === client.socket.CLOSED);
  });
});

test("a long queue of mutations starves neither timers nor other clients", async () => {
  const { url } = await startEngine();
  const [busy, other] = [connect(url), httpClient(url)];
  let [done, ticks] = [0, 0];
  const load = Promise.all(
    Array.from({ length: 2000 }, () =>
      busy.mutation(api.counters!.increment!, { name: "load" }).then(() => done++),
    ),
  );
  const timer = setInterval(() => ticks++, 1);
  await until(() => done > 0);
  await other.query(api.counters!.get!, { name: "other" });
  expect(done).toBeLessThan(2000);
  await load;
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(20);
});
