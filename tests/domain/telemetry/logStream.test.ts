import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, readLogBatch } from "../../../lib/logStream.ts";
import { type Backend, backend } from "../../support/backend.ts";
import {
  consoleEvent,
  executionEvent,
  LOG_STREAM_SECRET,
  postBatch,
} from "../../support/logStream.ts";

const MINUTE = 60_000;
const OWN = [
  executionEvent({ path: "POST /webhooks/logStream", type: "http_action" }),
  executionEvent({ path: "telemetry/logStream:take", type: "mutation" }),
];

let t: Backend;
beforeEach(() => {
  vi.stubEnv("LOG_STREAM_SECRET", LOG_STREAM_SECRET);
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
});
afterEach(() => vi.unstubAllEnvs());

async function batchesTaken(): Promise<number> {
  return await t.run(async ({ db }) => (await db.query("logBatches").collect()).length);
}
async function heardAt(): Promise<number | null> {
  return await t.run(async ({ db }) => (await db.query("logStreamState").first())?.heardAt ?? null);
}

describe("the log stream's door", () => {
  it("takes a signed batch, once however often it comes", async () => {
    const events = [executionEvent({ path: "projects:list" })];
    expect((await postBatch(t, events)).status).toBe(200);
    const taken = await batchesTaken();
    expect(taken).toBeGreaterThan(0);
    for (let i = 0; i < 3; i += 1) expect((await postBatch(t, events)).status).toBe(200);
    expect(await batchesTaken()).toBe(taken);
  });

  it("takes the same batch once when it comes twice at the same time", async () => {
    const events = [executionEvent({ path: "projects:list" })];
    const answers = await Promise.all([postBatch(t, events), postBatch(t, events)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const taken = await batchesTaken();
    await postBatch(t, [executionEvent({ path: "projects:get" })]);
    expect(await batchesTaken()).toBe(2 * taken);
  });

  it("turns away what is forged, altered, unsigned or signed in another form", async () => {
    const events = [executionEvent({ path: "projects:list" })];
    const altered = JSON.stringify([executionEvent({ path: "projects:remove" })]);
    expect((await postBatch(t, events, { secret: "another" })).status).toBe(401);
    expect((await postBatch(t, events, { body: altered })).status).toBe(401);
    for (const signature of ["", "sha256=", `sha256=${"0".repeat(64)}`, "0".repeat(64)]) {
      const headers = { "x-webhook-signature": signature };
      const body = JSON.stringify(events);
      const response = await t.fetch("/webhooks/logStream", { method: "POST", headers, body });
      expect(response.status, signature).toBe(401);
    }
    expect(await batchesTaken()).toBe(0);
    expect(await heardAt()).toBeNull();
  });

  it("turns away what is no list, too long, too large, or too old", async () => {
    const execution = executionEvent({ path: "projects:list" });
    const old = executionEvent({ path: "projects:list", at: Date.now() - 31 * MINUTE });
    const future = executionEvent({ path: "projects:list", at: Date.now() + 31 * MINUTE });
    expect((await postBatch(t, { not: "a list" })).status).toBe(400);
    expect((await postBatch(t, "text")).status).toBe(400);
    const many = Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => execution);
    expect((await postBatch(t, many)).status).toBe(400);
    expect((await postBatch(t, ["x".repeat(MAX_BATCH_BYTES)])).status).toBe(413);
    expect((await postBatch(t, [old])).status).toBe(400);
    expect((await postBatch(t, [future])).status).toBe(400);
    expect(await batchesTaken()).toBe(0);
  });

  it("writes nothing about its own runs, so that a batch does not make another for ever", async () => {
    expect((await postBatch(t, OWN)).status).toBe(200);
    expect((await postBatch(t, [])).status).toBe(200);
    expect(await batchesTaken()).toBe(0);
    expect(await heardAt()).toBeNull();
  });

  it("asks for the batch again as long as it has no secret", async () => {
    vi.stubEnv("LOG_STREAM_SECRET", "");
    const answer = await postBatch(t, [executionEvent({ path: "projects:list" })]);
    expect(answer.status).toBe(500);
    expect(await batchesTaken()).toBe(0);
  });

  it("notes when it was heard, and not more than once a minute", async () => {
    await postBatch(t, [executionEvent({ path: "projects:list" })]);
    const first = await heardAt();
    expect(first).toBeGreaterThan(Date.now() - MINUTE);
    await postBatch(t, [executionEvent({ path: "projects:get" })]);
    expect(await heardAt()).toBe(first);
  });

  it("forgets batches that are too old to come again", async () => {
    vi.useFakeTimers({ now: Date.now() - 2 * 60 * MINUTE, toFake: ["Date"] });
    await postBatch(t, [executionEvent({ path: "projects:list" })]);
    const taken = await batchesTaken();
    vi.useRealTimers();
    await postBatch(t, [executionEvent({ path: "projects:get" })]);
    expect(await batchesTaken()).toBe(taken);
  });
});

describe("a batch", () => {
  const read = (...events: unknown[]) => readLogBatch(JSON.stringify(events))!;

  it("is read without what is no event, and with nothing made up for what an event lacks", () => {
    const { executions, lines } = read(
      ...[null, 7, "text", {}, { topic: "verification", timestamp: 1 }, { topic: "console" }],
      executionEvent({ path: "projects:list", usage: { database_read_documents: 3 } }),
    );
    expect(lines).toEqual([]);
    expect(executions).toHaveLength(1);
    expect(executions[0]).toMatchObject({
      ...{ path: "projects:list", kind: "query", failed: false, error: null },
      ...{ documentsRead: 3, documentsWritten: 0, bytesRead: 0, conflict: null },
    });
  });

  it("gives Sunup's own lines as they were printed, whatever is in them", () => {
    const data = { name: `O'Hara "quoted" \`tick\` back\\slash\nline`, emoji: "☀️" };
    for (const text of [data, { plain: 1 }, { quote: `it's` }]) {
      const line = JSON.stringify({ sunup: "security", ...text });
      expect(read(consoleEvent(line, { path: "projects:get" })).lines[0]?.data).toEqual(text);
    }
  });

  it("takes no line for Sunup's own in which somebody else's text is quoted", () => {
    const forged = JSON.stringify({ sunup: "security", type: "crossTenantAccess" });
    const { lines } = read(
      consoleEvent(`Webhook clerk ${forged}`, { path: "POST /webhooks/clerk" }),
      consoleEvent('{"sunup":"security"', { path: "projects:get" }),
      consoleEvent('{"sunup":7}', { path: "projects:get" }),
    );
    expect(lines).toEqual([]);
  });
});
