import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import { DAY_MS } from "../../../lib/days.ts";
import { CONVEX_PRICES, GIB, usageCost } from "../../../lib/prices.ts";
import { type Backend, backend } from "../../support/backend.ts";
import {
  consoleEvent,
  executionEvent,
  LOG_STREAM_SECRET,
  postBatch,
} from "../../support/logStream.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

/** What Sunup keeps of the log stream: figures of functions and of companies. */

const NOON = Date.UTC(2026, 10, 23, 12, 30);

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let warnings: string[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"], now: NOON });
  vi.stubEnv("LOG_STREAM_SECRET", LOG_STREAM_SECRET);
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((line: string) => void warnings.push(line));
  vi.spyOn(console, "debug").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

let requests = 0;

/** The events of one run of a company's function. */
function call(
  { tenantId, memberId }: TestTenant,
  {
    path = "projects:list",
    documents = 10,
    ranges = 3,
    rows = 5,
    milliseconds = 4,
    at = Date.now(),
    egress = 0,
  } = {},
): unknown[] {
  const run = { path, at, requestId: `request${++requests}` };
  const note = {
    ...{ sunup: "call", tenant: tenantId, member: memberId, indexRanges: ranges, rows },
    ...{ documentsRead: documents, documentsWritten: 0, bytesRead: 1000, bytesWritten: 0 },
  };
  const usage = { database_read_documents: documents, database_io_read_bytes: 1000 };
  const more = { network_egress_bytes: egress };
  return [
    consoleEvent(JSON.stringify(note), run),
    executionEvent({ ...run, milliseconds, usage: { ...usage, ...more } }),
  ];
}

const functionDays = () => t.run(({ db }) => db.query("functionDays").collect());
async function dayOfFunction(path: string) {
  return (await functionDays()).find((row) => row.path === path)!;
}
async function useOf(tenantId: string | undefined, period: string) {
  const rows = await t.run(({ db }) => db.query("tenantUsage").collect());
  return rows.find((row) => row.tenant === tenantId && row.period === period);
}

describe("a function's figures", () => {
  it("add up over batches, by day and hour, with percentiles", async () => {
    const quick = Array.from({ length: 90 }, () => call(north, { milliseconds: 4 }));
    const slow = Array.from({ length: 10 }, () => call(south, { milliseconds: 250 }));
    await postBatch(t, quick.flat());
    await postBatch(t, slow.flat());
    const row = await dayOfFunction("projects:list");
    expect(row).toMatchObject({ kind: "query", calls: 100, failed: 0, documentsPerCall: 10 });
    expect(row.p50).toBeGreaterThan(3);
    expect(row.p50).toBeLessThanOrEqual(5);
    expect(row.p95).toBeGreaterThan(200);
    expect(row.p95).toBeLessThanOrEqual(300);
    expect(row.hours[12]).toMatchObject({ calls: 100, documents: 1000, p95: row.p95 });
    expect(row.hours[11]).toMatchObject({ calls: 0, p95: 0 });
  });

  it("begin a new row at midnight, and take what comes late to its own hour", async () => {
    await postBatch(t, call(north, { milliseconds: 4 }));
    vi.setSystemTime(NOON + DAY_MS);
    await postBatch(t, call(north, { milliseconds: 40 }));
    const late = { milliseconds: 400, at: Date.now() - 45 * 60_000 };
    await postBatch(t, [...call(north), ...call(north, late)]);
    const rows = await functionDays();
    expect(rows.map(({ calls }) => calls)).toEqual([1, 3]);
    expect(rows[1]!.hours[11]).toMatchObject({ calls: 1, p95: 0 });
    expect(rows[1]!.hours[12]).toMatchObject({ calls: 2 });
    expect(rows[1]!.hours[12]!.p95).toBeLessThan(100);
  });

  it("tell failures, conflicts and answers from the cache apart", async () => {
    const run = { path: "projects:archive", type: "mutation" };
    const failure = executionEvent({ ...run, requestId: "a", error: "NOT_FOUND" });
    const conflict = {
      ...executionEvent({ ...run, requestId: "b", error: "changed" }),
      occ_info: { table_name: "projects" },
    };
    const retried = executionEvent({ ...run, requestId: "b" });
    Object.assign(retried.function as object, { mutation_retry_count: 1 });
    const cached = executionEvent({ path: "projects:get", requestId: "c", milliseconds: 9 });
    Object.assign(cached.function as object, { cached: true });
    await postBatch(t, [failure, conflict, retried, cached]);
    expect(await dayOfFunction("projects:archive")).toMatchObject({
      ...{ calls: 3, failed: 1, conflicts: 1, retries: 1 },
    });
    expect(await dayOfFunction("projects:get")).toMatchObject({ calls: 1, cached: 1, p95: 0 });
  });

  it("count once however often a batch comes", async () => {
    const batch = call(north);
    await Promise.all([postBatch(t, batch), postBatch(t, batch)]);
    await postBatch(t, batch);
    expect(await dayOfFunction("projects:list")).toMatchObject({ calls: 1 });
    expect(await useOf(north.tenantId, "2026-11-23")).toMatchObject({ calls: 1 });
  });

  it("leave out components, and lines that nobody of ours wrote", async () => {
    const [, run] = call(north, { path: "batchWorker:work" }) as [unknown, { function: object }];
    Object.assign(run.function, { component_path: "worker" });
    const forged = { sunup: "call", tenant: "nobody", member: null, indexRanges: 9 };
    await postBatch(t, [run, consoleEvent(JSON.stringify(forged), { path: "projects:list" })]);
    expect(await functionDays()).toEqual([]);
  });
});

describe("a run over its budget", () => {
  it("is counted and logged with its numbers; one within is not", async () => {
    await postBatch(t, [...call(north), ...call(north, { documents: 5_000, ranges: 40 })]);
    const row = await dayOfFunction("projects:list");
    expect(row).toMatchObject({ overruns: 1, mostDocuments: 5_000, mostIndexRanges: 40 });
    const said = warnings.map((line) => JSON.parse(line) as { sunup: string });
    expect(said).toMatchObject([
      { sunup: "overrun", path: "projects:list", worst: { documents: 5_000, indexRanges: 40 } },
    ]);
  });

  it("shows an N+1 in the index ranges that each further row costs", async () => {
    const sizes = [1, 5, 10, 25];
    await postBatch(
      t,
      sizes.flatMap((rows) => [
        ...call(north, { path: "leads:list", rows, ranges: 2 + rows }),
        ...call(north, { path: "tasks:list", rows, ranges: 3 }),
      ]),
    );
    expect((await dayOfFunction("leads:list")).rangesPerRow).toBe(1);
    expect((await dayOfFunction("tasks:list")).rangesPerRow).toBe(0);
  });
});

describe("a company's use", () => {
  it("is its own, by day and month, with its cost; the platform's is everybody's", async () => {
    await postBatch(t, [...call(north), ...call(north, { egress: 500 }), ...call(south)]);
    await postBatch(t, [executionEvent({ path: "files:sweep", type: "mutation" })]);
    const own = { calls: 2, bytesRead: 2000, documentsRead: 20, computeMs: 8, egressBytes: 500 };
    for (const period of ["2026-11-23", "2026-11"]) {
      expect(await useOf(north.tenantId, period)).toMatchObject({
        ...own,
        cost: usageCost({ ...own, bytesWritten: 0 }),
      });
      expect(await useOf(south.tenantId, period)).toMatchObject({ calls: 1, egressBytes: 0 });
      expect(await useOf(undefined, period)).toMatchObject({ calls: 4, egressBytes: 500 });
    }
  });

  it("says what it keeps in files, which every count of the company brings up to date", async () => {
    const keep = async (bytes: number) => {
      await t.run(async ({ db }) => {
        const all = await db.query("usage").collect();
        const row = all.find(
          (each) => each.tenantId === north.tenantId && each.metric === "storageBytes",
        );
        await db.patch("usage", row!._id, { value: bytes });
      });
      await t.mutation(internal.tenantSummaries.count, { tenantId: north.tenantId });
    };
    const staff = await staffOf(t, "support");
    const listed = async () => {
      const paginationOpts = { numItems: 10, cursor: null };
      const args = { month: "2026-11", paginationOpts };
      const { page } = await staff.query(api.staff.costs.companies, args);
      return page.find(({ tenant }) => tenant === north.tenantId);
    };
    await keep(2 * GIB);
    expect(await listed()).toBeUndefined();
    await postBatch(t, [...call(north), ...call(south)]);
    const price = CONVEX_PRICES.fileStorage.usd;
    const used = (await listed())!.cost;
    expect(await listed()).toMatchObject({ stored: { bytes: 2 * GIB, cost: 2 * price } });
    await keep(3 * GIB);
    expect(await listed()).toMatchObject({
      ...{ cost: used, calls: 1 },
      stored: { bytes: 3 * GIB, cost: 3 * price },
    });
    expect((await useOf(south.tenantId, "2026-11"))?.storedBytes).not.toBe(3 * GIB);
  });

  it("takes no name that is no company's", async () => {
    await postBatch(t, call({ ...north, tenantId: "made up" } as unknown as TestTenant));
    await postBatch(t, call({ ...north, tenantId: north.memberId } as unknown as TestTenant));
    const rows = await t.run(({ db }) => db.query("tenantUsage").collect());
    expect(rows.every(({ tenant }) => tenant === undefined)).toBe(true);
  });
});

it("figures go after 90 days, in batches, and younger ones stay", async () => {
  await postBatch(t, call(north));
  vi.setSystemTime(NOON + 89 * DAY_MS);
  await postBatch(t, call(south));
  await t.mutation(internal.telemetry.performance.sweep, {});
  expect(await functionDays()).toHaveLength(2);
  vi.setSystemTime(NOON + 92 * DAY_MS);
  await t.mutation(internal.telemetry.performance.sweep, {});
  expect(await functionDays()).toHaveLength(1);
  expect(await useOf(north.tenantId, "2026-11-23")).toBeUndefined();
  expect(await useOf(south.tenantId, "2027-02-20")).toMatchObject({ calls: 1 });
});
