import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { nextSegment } from "../../../convex/model/archiveWriter.ts";
import { LEASE_MS, MOST_LOST } from "../../../convex/model/archives.ts";
import { isArchived } from "../../../convex/tenancy/archive/tables.ts";
import { TENANT_TABLES } from "../../../convex/tenancy/tables.ts";
import { ARCHIVE_LIFETIME_MS, MAX_ARCHIVES } from "../../../lib/archive/states.ts";
import { unpacked } from "../../../lib/archive/packing.ts";
import { archiveOf, bytesOf, opened, stubStorage, work } from "../../support/archives.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { storedIds } from "../../support/files.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  // What is scheduled is run by hand.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  stubStorage(() => t);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function rowsOf(tenantId: Id<"tenants">, table: string) {
  const all = await t.run(({ db }) => db.query(table as "projects").collect());
  return all.filter((row) => row.tenantId === tenantId);
}

describe("an archive", () => {
  it("holds every row of every archived table, and every file, and its manifest says so", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    expect((await work(t, archiveId)).state).toBe("ready");
    const bytes = await bytesOf(t, archiveId);
    const { entries, manifest, rows } = opened(bytes);

    for (const table of TENANT_TABLES.filter(isArchived)) {
      const kept = rows(table);
      const stored = await rowsOf(north.tenantId, table);
      // The mail that says it is ready, came afterwards; the audit line of asking came before.
      const before = table === "emails" ? stored.slice(0, kept.length) : stored;
      expect(kept, table).toEqual(before);
      expect(kept.length, `signUp() leaves a row in ${table}`).toBeGreaterThan(0);
      expect(manifest.tables.find(({ name }) => name === table)?.rows).toBe(kept.length);
    }
    const files = await t.run(({ db }) => db.query("files").collect());
    const own = files.filter(({ tenantId }) => tenantId === north.tenantId);
    expect(manifest.files.map(({ id }) => id).sort()).toEqual(own.map((f) => f.storageId).sort());
    for (const { storageId, sha256 } of own) {
      const content = entries[`_storage/${storageId}`]!;
      expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
    }
    // Each part can be read alone, and is what its digest says.
    for (const part of [...manifest.tables, ...manifest.files].flatMap(({ parts }) => parts)) {
      const packed = bytes.subarray(part.offset, part.offset + part.packed);
      const content = unpacked(packed, part.size);
      expect(createHash("sha256").update(content).digest("hex")).toBe(part.sha256);
    }
  });

  it("holds not one byte of another company", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    await work(t, archiveId);
    const { entries } = opened(await bytesOf(t, archiveId));
    const text = Object.entries(entries)
      .map(([path, content]) => path + Buffer.from(content).toString("latin1"))
      .join("\n");
    expect(text).toContain("Secret of north");
    expect(text).not.toMatch(/south/i);
    for (const table of TENANT_TABLES) {
      for (const { _id } of await rowsOf(south.tenantId, table)) expect(text).not.toContain(_id);
    }
    expect(text).not.toContain(south.tenantId);
  });

  it("is the same when it is written in many stops as in one go", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    // Every look at the clock is a minute later, so that each action has time for a few segments.
    let now = Date.now();
    const clock = vi.spyOn(Date, "now").mockImplementation(() => (now += 60_000));
    let archive = await work(t, archiveId);
    expect(archive.state).toBe("running");
    let stops = 0;
    for (; archive.state === "running" && stops < 200; stops++) archive = await work(t, archiveId);
    clock.mockRestore();
    expect(stops).toBeGreaterThan(5);
    expect(archive.state).toBe("ready");
    const { manifest } = opened(await bytesOf(t, archiveId));

    const again = await north.as.mutation(api.archives.start, {});
    await work(t, again);
    const whole = opened(await bytesOf(t, again)).manifest;
    const digests = ({ tables, files }: typeof whole) =>
      [...tables, ...files]
        .filter((each) => !("name" in each && ["emails", "auditLog", "usage"].includes(each.name)))
        .map((each) => each.parts.map(({ sha256 }) => sha256));
    expect(digests(manifest)).toEqual(digests(whole));
  });

  it("takes no segment twice when two write at once", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    const { tenantId } = north;
    const { progress } = await archiveOf(t, archiveId);
    const hand = async () => ({
      ...{ tenantId, archiveId, start: 0, bytes: 5 },
      storageId: await t.run((ctx) => ctx.storage.store(new Blob(["bytes"]))),
      entry: { path: "x", offset: 0, crc: 0, packed: 5, size: 5 },
      progress: { ...progress, bytes: 5 },
    });
    const [first, second] = [await hand(), await hand()];
    expect(await t.mutation(internal.archives.write.take, first)).toBe(true);
    expect(await t.mutation(internal.archives.write.take, second)).toBe(false);
    // Nor of an archive of somebody else's, nor bytes that are part of one already.
    const theirs = { ...second, start: 5, tenantId: south.tenantId };
    expect(await t.mutation(internal.archives.write.take, theirs)).toBe(false);
    const twice = { ...second, start: 5, storageId: first.storageId };
    await expect(t.mutation(internal.archives.write.take, twice)).rejects.toThrow();
    expect((await archiveOf(t, archiveId)).progress.bytes).toBe(5);
  });

  it("does without a file that is removed meanwhile", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    const file = (await t.run(({ db }) => db.get("files", north.logoId)))!;
    await t.run((ctx) => ctx.storage.delete(file.storageId));
    expect((await work(t, archiveId)).state).toBe("ready");
    const { manifest, entries } = opened(await bytesOf(t, archiveId));
    expect(manifest.files.map(({ id }) => id)).not.toContain(file.storageId);
    expect(entries).not.toHaveProperty(`_storage/${file.storageId}`);
    expect(manifest.files.length).toBeGreaterThan(0);
  });
});

describe("a large file", () => {
  it("is written in parts, so that it is never whole in memory, and ends early when it is removed", async () => {
    const size = 20 * 1024 * 1024;
    const asked: [number, number][] = [];
    const file = { id: "f", size, sha256: "0".repeat(64), contentType: "image/png" };
    const unused = () => Promise.reject(new Error("not read"));
    const book = {
      ...{ schema: unused, startedAt: 0, company: { id: "", name: "", slug: "" } },
      ...{ rows: unused, segments: unused },
      nextFile: () => Promise.resolve({ fileId: "x" as Id<"files">, file, cursor: "next" }),
      bytesOf: (_id: Id<"files">, from: number, to: number) => {
        asked.push([from, to]);
        return Promise.resolve(asked.length > 2 ? null : new Uint8Array(to - from));
      },
    };
    const place = { kind: "file" as const, cursor: null, from: 0 };
    let progress = { place, bytes: 0, rows: 0, files: 0 } as Parameters<typeof nextSegment>[1];
    for (let part = 0; part < 3; part++) ({ progress } = await nextSegment(book, progress, 0));
    const MB = 1024 * 1024;
    expect(asked).toEqual([
      [0, 8 * MB],
      [8 * MB, 16 * MB],
      [16 * MB, 20 * MB],
    ]);
    expect(progress).toMatchObject({ place: { cursor: "next", from: 0 }, files: 0 });
    expect(progress.entry).toBeUndefined();
  });
});

describe("asking for an archive", () => {
  it("twice gives the one that is being written, and each ask is refused when there are enough", async () => {
    const first = await north.as.mutation(api.archives.start, {});
    expect(await north.as.mutation(api.archives.start, {})).toBe(first);
    await work(t, first);
    // One came with signing up.
    for (let count = 2; count < MAX_ARCHIVES; count++) {
      await work(t, await north.as.mutation(api.archives.start, {}));
    }
    await expect(north.as.mutation(api.archives.start, {})).rejects.toMatchObject({
      data: { code: "CONFLICT" },
    });
    expect(await south.as.mutation(api.archives.start, {})).not.toBe(first);
  });

  it("leaves a line in the trail and, when it is ready, a mail to every administrator", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    await work(t, archiveId);
    const lines = await rowsOf(north.tenantId, "auditLog");
    expect(lines.at(-1)).toMatchObject({ action: "company.exported", group: "exports" });
    const mails = await t.run(({ db }) => db.query("emails").collect());
    const ready = mails.filter(({ message }) => message.kind === "archiveReady");
    expect(ready.map(({ to, tenantId }) => [to, tenantId])).toEqual([
      ["admin@north.test", north.tenantId],
    ]);
  });

  it("staff do with a reason, which stands in both trails, and the company gets the mail", async () => {
    const operator = await staffOf(t, "operator");
    const { tenantId } = north;
    const ask = (reason: string) =>
      operator.mutation(api.staff.archives.start, { tenantId, reason });
    await expect(ask(" ")).rejects.toMatchObject({ data: { code: "INVALID", field: "reason" } });
    const archiveId = await ask("They lost their laptop");
    expect(await archiveOf(t, archiveId)).toMatchObject({ tenantId, askedBy: { kind: "staff" } });
    expect((await rowsOf(tenantId, "auditLog")).at(-1)).toMatchObject({
      ...{ action: "company.exported", reason: "They lost their laptop", person: "staff" },
    });
    const trail = await t.run(({ db }) => db.query("staffAudit").collect());
    expect(trail.at(-1)).toMatchObject({ action: "tenant.exported", tenant: tenantId });
  });
});

describe("an archive whose work was lost", () => {
  it("is begun anew, goes on where it was, and is given up after a while with its bytes", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
    const archiveId = await north.as.mutation(api.archives.start, {});
    expect(await t.mutation(internal.archives.upkeep.sweep, {})).toBe(0);
    for (let lost = 1; lost <= MOST_LOST; lost++) {
      vi.setSystemTime(Date.now() + LEASE_MS + 1);
      expect(await t.mutation(internal.archives.upkeep.sweep, {})).toBe(1);
      expect(await archiveOf(t, archiveId)).toMatchObject({ state: "running", lost });
    }
    vi.setSystemTime(Date.now() + LEASE_MS + 1);
    await t.mutation(internal.archives.upkeep.sweep, {});
    expect(await archiveOf(t, archiveId)).toMatchObject({ state: "failed" });
    // A hand that was thought lost comes late: it changes nothing.
    expect((await work(t, archiveId)).progress.bytes).toBe(0);
  });
});

describe("an archive that is over", () => {
  it("is removed with its bytes, and nothing else is", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
    const before = await storedIds(t);
    const archiveId = await north.as.mutation(api.archives.start, {});
    await work(t, archiveId);
    const theirs = await rowsOf(south.tenantId, "archives");
    vi.setSystemTime(Date.now() + ARCHIVE_LIFETIME_MS - 60_000);
    await t.mutation(internal.archives.upkeep.sweep, {});
    expect((await archiveOf(t, archiveId)).state).toBe("ready");
    vi.setSystemTime(Date.now() + 120_000);
    await t.mutation(internal.archives.upkeep.sweep, {});
    expect((await archiveOf(t, archiveId)).state).toBe("expired");
    await t.mutation(internal.archives.upkeep.empty, { tenantId: north.tenantId, archiveId });
    expect((await storedIds(t)).sort()).toEqual(before.sort());
    expect(await rowsOf(south.tenantId, "archiveSegments")).toHaveLength(1);
    expect(theirs).toHaveLength(1);
  });

  it("can be removed before its time, and a removed one is gone for good", async () => {
    const { archiveId } = north;
    await north.as.mutation(api.archives.remove, { archiveId });
    await north.as.mutation(api.archives.remove, { archiveId });
    expect((await archiveOf(t, archiveId)).state).toBe("expired");
    expect((await archiveOf(t, south.archiveId)).state).toBe("ready");
  });
});

describe("the door to an archive", () => {
  const open = (as: Pick<Backend, "fetch">, id: string, range?: string) =>
    as.fetch(`/archives/${id}`, { headers: range ? { range } : {} });

  it("opens to the company's administrators alone, part by part", async () => {
    const archiveId = await north.as.mutation(api.archives.start, {});
    await work(t, archiveId);
    const whole = await bytesOf(t, archiveId);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < whole.length;) {
      const answer = await open(north.as, archiveId, `bytes=${at}-`);
      expect(answer.status).toBe(206);
      expect(answer.headers.get("content-type")).toBe("application/zip");
      parts.push(new Uint8Array(await answer.arrayBuffer()));
      at += parts.at(-1)!.length;
    }
    expect(Buffer.compare(Buffer.concat(parts), whole)).toBe(0);
    expect(parts.length).toBeGreaterThan(5);

    for (const as of [north.asRole("Manager"), north.asRole("Viewer")]) {
      expect((await open(as, archiveId)).status).toBe(403);
    }
    expect((await open(t, archiveId)).status).toBe(401);
    expect((await open(north.as, archiveId, `bytes=${whole.length}-`)).status).toBe(416);
    for (const id of [south.archiveId, "x", "", north.projectId]) {
      expect((await open(north.as, id)).status).toBe(404);
    }
    await north.as.mutation(api.archives.remove, { archiveId });
    expect((await open(north.as, archiveId)).status).toBe(404);
  });
});
