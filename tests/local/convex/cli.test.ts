import { execFile, fork, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import { generateCode } from "../../../local/convex/functions/codegen.ts";
import { convex, convexProcess, ROOT, type Ended } from "./cliProcess.ts";
import { freePorts } from "./freePorts.ts";
import { afterTest, APP, startEngine, temporaryFolder, until, httpClient } from "./engine.ts";

/** A copy of the test app, where the engine may generate code. */
function appCopy(): string {
  const copy = path.join(temporaryFolder(), "convex");
  cpSync(APP, copy, { recursive: true });
  return copy;
}

const MAIN = path.join(ROOT, "local/convex/main.ts");

describe("npx convex", () => {
  test("runs functions, internal ones too, and shows what they print", async () => {
    const { url, adminKey } = await startEngine();
    const run = (...args: string[]) => convex(url, adminKey, "run", ...args);
    expect(await run("counters:add", '{"name":"cli","by":5}')).toMatchObject({ code: 0 });
    expect((await run("counters:get", '{"name":"cli"}')).stdout.trim()).toBe("5");
    const failed = await run("messages:failing", '{"how":"plain"}');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("a secret detail");
    expect(failed.stderr).toContain("a secret line");
    expect((await run("no:thing")).stderr).toContain("counters:increment");
  });

  test("acts as a user", async () => {
    const { url, adminKey } = await startEngine();
    const { stdout } = await convex(
      ...([url, adminKey, "run", "users:whoami", "--identity", '{"name":"Ann"}'] as const),
    );
    expect(JSON.parse(stdout)).toMatchObject({ name: "Ann", issuer: "https://convex.test" });
  });

  test("sets, lists and removes environment variables, which functions see at once", async () => {
    const engine = await startEngine({ env: { FIXED: "by the launcher" } });
    const env = (...args: string[]) => convex(engine.url, engine.adminKey, "env", ...args);
    const client = httpClient(engine.url);
    expect(await env("set", "GREETING", "hello")).toMatchObject({ code: 0 });
    expect(await client.query(api.runtime!.environment!, { name: "GREETING" })).toBe("hello");
    expect((await env("get", "GREETING")).stdout.trim()).toBe("hello");
    expect((await env("list", "--names-only")).stdout.trim().split("\n")).toEqual([
      "FIXED",
      "GREETING",
    ]);
    expect(await env("remove", "GREETING")).toMatchObject({ code: 0 });
    expect(await client.query(api.runtime!.environment!, { name: "GREETING" })).toBeNull();
    expect((await env("set", "FIXED", "x")).stderr).toContain("set by the command");
  });

  test("shows tables and their documents, those of components too", async () => {
    const { url, adminKey } = await startEngine();
    const client = httpClient(url);
    for (const body of ["first", "second", "third"]) {
      await client.mutation(api.messages!.send!, { channel: "a", body });
    }
    await client.mutation(api.components!.like!, { name: "liked" });
    const data = async (...args: string[]) =>
      (await convex(url, adminKey, "data", ...args)).stdout.trim().split("\n");
    expect(await data()).toEqual(["counters", "messages", "runs", "stamps"]);
    const lines = await data("messages", "--limit", "2", "--format", "jsonl");
    expect(lines.map((line) => /"body": "(.*?)"/.exec(line)?.[1])).toEqual(["third", "second"]);
    const counts = await data("counts", "--component", "likes");
    expect(counts.at(-1)).toContain('"liked"');
    // The engine's own tables are nobody's.
    expect(await data("__session_requests")).toEqual([""]);
  });

  test("lists functions with their validators, and HTTP routes", async () => {
    const { url, adminKey } = await startEngine();
    const { stdout } = await convex(url, adminKey, "function-spec");
    const { functions } = JSON.parse(stdout) as { functions: Record<string, unknown>[] };
    expect(functions).toContainEqual({
      functionType: "Query",
      identifier: "counters.js:get",
      visibility: { kind: "public" },
      args: { type: "object", value: { name: { fieldType: { type: "string" }, optional: false } } },
      returns: { type: "number" },
    });
    expect(functions).toContainEqual({ functionType: "HttpAction", method: "POST", path: "/echo" });
  });

  test("follows the log: what functions print, how they end and how long they took", async () => {
    const { url, adminKey } = await startEngine();
    const client = httpClient(url);
    await client.mutation(api.messages!.send!, { channel: "a", body: "history" });
    const logs = convexProcess(url, adminKey, "logs", "--success", "--history", "100");
    afterTest(() => logs.child.kill());
    // The CLI's own start takes seconds on a busy machine.
    await until(() => logs.output().includes("M(messages:send)] Function executed"), 60_000);
    await client.query(api.messages!.failing!, { how: "plain" }).catch(() => undefined);
    await until(() => logs.output().includes("a secret detail"), 60_000);
    expect(logs.output()).toMatch(/Q\(messages:failing\)\] \[LOG\] 'a secret line'/);
  });

  test("asks for the log in vain without the key, and misses nothing between two polls", async () => {
    const { url, adminKey } = await startEngine();
    const poll = async (cursor: number, key = adminKey) => {
      const headers = { authorization: `Convex ${key}` };
      return await fetch(`${url}/api/stream_function_logs?cursor=${cursor}`, { headers });
    };
    expect((await poll(0, "local|wrong")).status).not.toBe(200);
    type Answer = { entries: { identifier: string }[]; newCursor: number };
    let { newCursor: cursor } = (await (await poll(0)).json()) as Answer;
    const client = httpClient(url);
    const seen: string[] = [];
    const calls = Array.from({ length: 20 }, (_, i) =>
      client.mutation(api.messages!.send!, { channel: "a", body: String(i) }),
    );
    while (seen.length < calls.length) {
      const answer = (await (await poll(cursor)).json()) as Answer;
      seen.push(...answer.entries.map(({ identifier }) => identifier));
      cursor = answer.newCursor;
    }
    await Promise.all(calls);
    expect(seen).toEqual(calls.map(() => "messages:send"));
  });

  test.each([
    [["deploy"], "there is nothing to push"],
    [["run", "--inline-query", "1"], "does not run queries that are not in its functions folder"],
  ])("says at once that it cannot %s", async (command, sentence) => {
    const { url, adminKey } = await startEngine();
    const { code, stderr } = await convex(url, adminKey, ...command);
    expect(code).not.toBe(0);
    expect(stderr).toContain(sentence);
  });

  test("is refused without the right key", async () => {
    const { url } = await startEngine();
    const { code } = await convex(url, "local|wrong", "run", "counters:get", '{"name":"x"}');
    expect(code).toBe(1);
  });
});

async function exit(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  return await new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

/** What a child says first. Throws when it ends before, with what it printed. */
async function firstMessage(child: ChildProcess): Promise<unknown> {
  let printed = "";
  child.stderr?.on("data", (data: Buffer) => (printed += data.toString()));
  return await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
}

describe("the engine as a program", () => {
  test("says that it is ready, serves, and stops in order when asked", async () => {
    const port = await freePorts();
    const args = [MAIN, "--functions", appCopy(), "--port", `${port}`, "--data", temporaryFolder()];
    const child = spawn(process.execPath, [...args, "--env", "GREETING=a=b"]);
    afterTest(() => child.kill("SIGKILL"));
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString()));
    await until(() => output.includes(`Convex is ready at http://127.0.0.1:${port}`), 20_000);
    const client = httpClient(`http://127.0.0.1:${port}`);
    expect(await client.query(api.runtime!.environment!, { name: "GREETING" })).toBe("a=b");
    child.kill("SIGTERM");
    expect(await exit(child)).toBe(0);
  });

  test("fails a mutation with what it did not await, and keeps nothing of it", async () => {
    const port = await freePorts();
    const args = ["--functions", appCopy(), "--port", `${port}`, "--data", temporaryFolder()];
    const child = fork(MAIN, args, { silent: true });
    afterTest(() => child.kill("SIGKILL"));
    const { url, adminKey } = (await firstMessage(child)) as { url: string; adminKey: string };
    const client = httpClient(url);
    client.setAdminAuth(adminKey);
    for (const returnsFirst of [true, false]) {
      await expect(
        client.mutation(api.runtime!.floatingFailure!, { channel: "a", returnsFirst }),
      ).rejects.toThrow("Update on nonexistent document ID");
      expect(await client.query(api.messages!.count!, {})).toBe(0);
    }
  });

  test("reports to the process that forked it, and ends with it", async () => {
    const port = await freePorts();
    const args = ["--functions", appCopy(), "--port", `${port}`, "--data", temporaryFolder()];
    const child = fork(MAIN, args, { silent: true, execArgv: [], serialization: "json" });
    afterTest(() => child.kill("SIGKILL"));
    const message = await firstMessage(child);
    expect(message).toMatchObject({
      type: "ready",
      url: `http://127.0.0.1:${port}`,
      siteUrl: `http://127.0.0.1:${port + 1}`,
    });
    child.disconnect();
    expect(await exit(child)).toBe(0);
  });

  test.each([
    ["no arguments", () => [], /^Usage: /],
    [
      "a folder that is not there",
      () => ["--functions", "/nowhere"],
      /^There is no folder \/nowhere\./,
    ],
    [
      "a port that is none",
      () => ["--functions", APP, "--port", "x", "--data", "y"],
      /^"x" is not a port\./,
    ],
  ])("refuses %s in one sentence", async (_name, args, sentence) => {
    const child = await promisify(execFile)(process.execPath, [MAIN, ...args()]).catch(
      (error: Ended) => error,
    );
    expect(child).toMatchObject({ code: 1 });
    expect(child.stderr).toMatch(sentence);
    expect(child.stderr.trim().split("\n")).toHaveLength(1);
  });

  test("refuses a port that is in use in one sentence", async () => {
    const { url } = await startEngine();
    const args = [
      "--functions",
      appCopy(),
      "--port",
      new URL(url).port,
      "--data",
      temporaryFolder(),
    ];
    const child = await promisify(execFile)(process.execPath, [MAIN, ...args]).catch(
      (error: Ended) => error,
    );
    expect(child).toMatchObject({ code: 1, stderr: `Port ${new URL(url).port} is in use.\n` });
  });

  test("refuses data that another engine uses in one sentence", async () => {
    const { dataDir } = await startEngine();
    await expect(startEngine({ dataDir })).rejects.toThrow(/in use|locked|another/i);
  });

  test("refuses a data folder that cannot be written in one sentence", async () => {
    const file = path.join(temporaryFolder(), "a file");
    writeFileSync(file, "");
    await expect(startEngine({ dataDir: file })).rejects.toThrow(
      `The data folder ${file} cannot be used`,
    );
  });
});

test("code is generated without a deployment, with the mounted components, and only when it changed", async () => {
  const functionsDir = path.join(temporaryFolder(), "convex");
  mkdirSync(path.join(functionsDir, "counter"), { recursive: true });
  for (const file of ["convex.config.ts", "counter/convex.config.ts", "messages.ts", "schema.ts"]) {
    writeFileSync(path.join(functionsDir, file), readFileSync(path.join(APP, file)));
  }
  const written = await generateCode(functionsDir);
  expect(written.sort()).toEqual([
    "api.d.ts",
    "api.js",
    "dataModel.d.ts",
    "server.d.ts",
    "server.js",
  ]);
  const read = (file: string) => readFileSync(path.join(functionsDir, "_generated", file), "utf8");
  expect(read("api.js")).toContain("export const components = componentsGeneric();");
  expect(read("api.d.ts")).toMatch(/declare const components: \{\s+"?likes"?:.*\s+"?views"?:/);
  expect(read("api.d.ts")).toContain("typeof messages");
  expect(await generateCode(functionsDir)).toEqual([]);
});
