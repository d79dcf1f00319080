/** The log stream as a receiver sees it. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import type { LogEvent } from "../../../local/convex/logs/events.ts";
import { LogSink } from "../../../local/convex/logs/sink.ts";
import { LogStream } from "../../../local/convex/logs/stream.ts";
import { afterTest, connect, httpClient, startEngine, until } from "./engine.ts";

const SECRET = "a secret of the stream";
type Posted = LogEvent & Record<string, unknown>;

/** A receiver that answers the requests with `statuses` in turn, and from then on with 200. */
async function receiver(...statuses: number[]) {
  const bodies: Posted[][] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      const signature = createHmac("sha256", SECRET).update(text).digest("hex");
      expect(request.headers["x-webhook-signature"]).toBe(`sha256=${signature}`);
      bodies.push(JSON.parse(text) as Posted[]);
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs`;
  return { url, bodies, events: () => bodies.flat() };
}

/** A stream without an engine. */
function streamTo(url: string) {
  const problems: string[] = [];
  const onProblem = (message: string) => problems.push(message);
  const stream = new LogStream({ url: new URL(url), secret: SECRET, intervalMs: 5, onProblem });
  afterTest(() => stream.close());
  return { stream, problems };
}

function verification(): LogEvent {
  return new LogSink("test", () => {}).verification();
}

describe("the log stream", () => {
  test("posts what functions print and how they went, in Convex's shape", async () => {
    const { url, events } = await receiver();
    const logStream = { url, secret: SECRET, intervalMs: 10 };
    const engine = await startEngine({ logStream, conflicts: 0 });
    const client = connect(engine.url);
    client.onUpdate(api.messages!.bodies!, { channel: "a" }, () => {});
    await client.mutation(api.messages!.send!, { channel: "a", body: "x" });
    await client.query(api.messages!.failing!, { how: "plain" }).catch(() => undefined);
    await httpClient(engine.url).mutation(api.jobs!.schedule!, { label: "x", delay: 0 });
    await client.action(api.files!.storeText!, { text: "four" });
    await fetch(`${engine.siteUrl}/count/x`);
    const runOf = (path: string, reason?: string) =>
      events().find(
        (event) =>
          event.topic === "function_execution" &&
          event.function.path === path &&
          (reason === undefined || event.run_reason === reason),
      );
    await until(
      () =>
        runOf("GET /count/*") &&
        runOf("messages:bodies", "dataChange") &&
        runOf("jobs:record", "scheduler"),
    );

    expect(events()[0]).toMatchObject({ topic: "verification" });
    expect(runOf("messages:bodies")).toMatchObject({ run_reason: "initialSubscription" });
    expect(runOf("messages:send")).toEqual({
      topic: "function_execution",
      timestamp: expect.any(Number),
      convex: {
        deployment_name: "local",
        deployment_type: "dev",
        project_name: "local",
        project_slug: "local",
      },
      function: {
        type: "mutation",
        path: "messages:send",
        request_id: expect.stringMatching(/^[0-9a-f]{16}$/),
        cached: null,
        mutation_queue_length: 1,
        mutation_retry_count: 0,
      },
      execution_time_ms: expect.any(Number),
      user_execution_time_ms: expect.any(Number),
      status: "success",
      error_message: null,
      mutation_queue_length: 1,
      mutation_retry_count: 0,
      occ_info: null,
      will_retry: false,
      scheduler_info: null,
      run_reason: "webSocket",
      usage: expect.objectContaining({
        database_write_documents: 1,
        function_args_bytes: '{"body":"x","channel":"a"}'.length,
        function_returns_bytes: 34,
      }),
    });
    const failed = runOf("messages:failing")!;
    expect(failed).toMatchObject({ status: "failure", function: { type: "query", cached: false } });
    expect(failed.error_message).toContain("a secret detail");
    const line = events().find(({ topic }) => topic === "console");
    expect(line).toMatchObject({ log_level: "LOG", message: "'a secret line'" });
    expect(runOf("jobs:record", "scheduler")).toMatchObject({
      scheduler_info: { job_id: expect.any(String) },
    });
    expect(runOf("files:storeText")?.usage).toMatchObject({
      file_storage_write_bytes: 4,
      file_storage_read_bytes: 4,
    });
    expect(runOf("GET /count/*")?.usage).toMatchObject({ network_egress_bytes: 22 });
    expect(runOf("counters:get")).toMatchObject({ run_reason: "action" });
    expect(events().every((event) => Number.isInteger(event.execution_time_ms ?? 0))).toBe(true);
  });

  test("may go to an HTTP action of the same deployment", async () => {
    const logStream = { url: "/echo", secret: SECRET, intervalMs: 10 };
    const { logs } = await startEngine({ logStream });
    await until(() =>
      logs.some((event) => "function" in event && event.function.path === "POST /echo"),
    );
  });

  test("sends at most 128 events at once, in order, and what is left when it ends", async () => {
    const { url, bodies, events } = await receiver();
    const { stream } = streamTo(url);
    for (let i = 0; i < 300; i++) stream.push({ ...verification(), timestamp: i });
    await until(() => events().length === 300);
    stream.push({ ...verification(), timestamp: 300 });
    await stream.close();
    expect(bodies.map((body) => body.length)).toEqual([128, 128, 44, 1]);
    expect(events().map(({ timestamp }) => timestamp)).toEqual([...Array(301).keys()]);
  });

  test("tries again what the receiver failed at, and not what it refused", async () => {
    const { url, events } = await receiver(500, 200, 401, 200);
    const { stream, problems } = streamTo(url);
    stream.push({ ...verification(), timestamp: 1 });
    await until(() => events().length === 2);
    stream.push({ ...verification(), timestamp: 2 });
    await until(() => problems.length === 1);
    stream.push({ ...verification(), timestamp: 3 });
    await until(() => events().length === 4);
    expect(events().map(({ timestamp }) => timestamp)).toEqual([1, 1, 2, 3]);
    expect(problems[0]).toContain("lost 1 events");
    expect(problems[0]).toContain("answered 401");
  });

  test("drops what is over 4,096 waiting events, and says so", async () => {
    const { url, events } = await receiver();
    const { stream, problems } = streamTo(url);
    for (let i = 0; i < 5000; i++) stream.push(verification());
    await until(() => events().length === 4096);
    expect(problems).toEqual(["The log stream dropped 904 events: it was behind."]);
  });

  test("ends in time when nobody is there, or nobody answers", async () => {
    const nobody = streamTo("http://127.0.0.1:9/");
    nobody.stream.push(verification());
    await nobody.stream.close();
    expect(nobody.problems).toEqual([]);

    let asked = 0;
    const server = createServer(() => asked++);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    afterTest(() => server.closeAllConnections());
    afterTest(() => server.close());
    const { port } = server.address() as AddressInfo;
    const silent = streamTo(`http://127.0.0.1:${port}/`);
    silent.stream.push(verification());
    await until(() => asked === 1);
    silent.stream.push(verification());
    // Far below the 30 s that a request may take.
    await silent.stream.close();
    expect(asked).toBeLessThanOrEqual(2);
  });
});
