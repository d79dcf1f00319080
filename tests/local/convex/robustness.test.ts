/** What hostile, broken and slow clients, and careless functions, must not do to everybody else. */
import { fork } from "node:child_process";
import { connect as connectSocket } from "node:net";
import path from "node:path";
import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import {
  afterTest,
  APP,
  connect,
  httpClient,
  startEngine,
  temporaryFolder,
  until,
} from "./engine.ts";
import { RawClient } from "./frames.ts";

/** Sends bytes that no HTTP library would, and gives what comes back until the end. */
async function exchange(url: string, text: string): Promise<string> {
  const socket = connectSocket(Number(new URL(url).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => (answer += data.toString()));
  socket.write(text);
  await new Promise((resolve) => socket.once("close", resolve));
  return answer;
}

async function expectToServe(url: string): Promise<void> {
  expect(await httpClient(url).query(api.messages!.count!, {})).toBe(0);
}

describe("requests that make no sense", () => {
  test("are refused, whatever the path says", async () => {
    const { url, siteUrl } = await startEngine();
    const upgrade = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    expect(await exchange(url, `GET // HTTP/1.1\r\n${upgrade}`)).toContain("404");
    expect(await exchange(url, `GET /elsewhere HTTP/1.1\r\n${upgrade}`)).toContain("404");
    for (const target of [url, siteUrl]) {
      const close = "GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      expect(await exchange(target, close)).toContain("400");
    }
    await expectToServe(url);
  });

  test("end the connection that they came over, and no other", async () => {
    const { url } = await startEngine();
    const bystander = await RawClient.open(url);
    const frames = [
      "{",
      "null",
      "[]",
      '{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1}',
      '{"type":"ModifyQuerySet","baseVersion":7,"newVersion":8,"modifications":[]}',
      '{"type":"Mutation","requestId":0}',
      '{"type":"Mutation","requestId":0,"udfPath":5,"args":[{}]}',
      '{"type":"Connect","sessionId":"s","maxObservedTimestamp":"x"}',
      '{"type":"Authenticate","baseVersion":3,"tokenType":"None"}',
    ];
    for (const frame of frames) {
      const client = await RawClient.open(url);
      const closed = new Promise((resolve) => client.socket.once("close", resolve));
      client.socket.send(frame);
      expect(await closed, frame).toBe(1011);
    }
    bystander.watch(0, "messages:count");
    await bystander.frame(({ type }) => type === "Transition");
  });

  test("may be nested a million levels deep", async () => {
    const { url } = await startEngine();
    const deep = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
    const body = `{"path":"messages:send","args":{"channel":${deep},"body":"x"}}`;
    const response = await fetch(`${url}/api/mutation`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ status: "error" });
    await expectToServe(url);
  });
});

describe("a client that does not read", () => {
  test("gets the latest state when it does, and not every one before", async () => {
    const { url } = await startEngine();
    const slow = await RawClient.open(url);
    slow.watch(0, "messages:list", { channel: "big" });
    await slow.frame(({ type }) => type === "Transition");
    slow.socket.pause();
    const writer = httpClient(url);
    const body = "x".repeat(500_000);
    const id: unknown = await writer.mutation(api.messages!.send!, { channel: "big", body });
    for (let i = 0; i < 60; i++) {
      await writer.mutation(api.messages!.edit!, { id, body: `${body}${i}` });
    }
    slow.socket.resume();
    const shows = (value: unknown) => (value as { body: string }[])[0]?.body.endsWith("x59");
    await slow.frame(({ modifications = [] }) => modifications.some(({ value }) => shows(value)));
    expect(slow.transitions().length).toBeLessThan(30);
  });

  test("has its mutations wait until it does", async () => {
    const { url, logs } = await startEngine();
    const client = await RawClient.open(url);
    client.socket.pause();
    for (let i = 0; i < 60; i++) client.mutate(i, "runtime:large", { length: 1_000_000 });
    const runs = () => logs.filter(({ topic }) => topic === "function_execution").length;
    let before = -1;
    await until(async () => {
      before = runs();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return before > 0 && runs() === before;
    });
    expect(before).toBeLessThan(60);
    await expectToServe(url);
    client.socket.resume();
    await client.response(59);
  });

  test("is cut off when too many answers to actions wait for it", async () => {
    const { url } = await startEngine();
    const client = await RawClient.open(url);
    client.socket.pause();
    for (let requestId = 0; requestId < 150; requestId++) {
      const args = [{ length: 1_000_000 }];
      client.send({ type: "Action", requestId, udfPath: "runtime:largeFromAction", args });
    }
    // Closed from the other side, which a socket that reads nothing is not told.
    await until(() => {
      client.socket.ping();
      return client.socket.readyState !== client.socket.OPEN;
    }, 20_000);
    expect(client.frames.length).toBeLessThan(150);
    await expectToServe(url);
  });
});

describe("a function", () => {
  test("may throw anything", async () => {
    const { url } = await startEngine();
    const client = connect(url);
    for (const what of ["bare", "symbol", "nothing", "hostile"]) {
      await expect(client.mutation(api.runtime!.throwStrange!, { what })).rejects.toThrow(
        "Server Error",
      );
    }
    expect(client.connectionState().connectionCount).toBe(1);
  });

  test("that fails after it has returned takes nobody with it", async () => {
    const main = path.resolve(import.meta.dirname, "../../../local/convex/main.ts");
    const options = ["--functions", APP, "--port", "0", "--site-port", "0"];
    const child = fork(main, [...options, "--data", temporaryFolder()], { silent: true });
    afterTest(() => child.kill("SIGKILL"));
    let log = "";
    child.stderr!.on("data", (data: Buffer) => (log += data.toString()));
    const { url } = await new Promise<{ url: string }>((resolve) => {
      child.once("message", (message) => resolve(message as { url: string }));
    });
    await httpClient(url).action(api.runtime!.failLater!, {});
    await until(() => log.includes("thrown by a timer") && log.includes("awaited by nobody"));
    await expectToServe(url);
    expect(child.exitCode).toBeNull();
  });
});
