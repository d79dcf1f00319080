import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { readManifest } from "../../../convex/model/archiveReader.ts";
import { referencesIn } from "../../../convex/tenancy/references.ts";
import {
  isRestored,
  lateFields,
  NOT_RESTORED,
  RESTORE_ORDER,
} from "../../../convex/tenancy/archive/tables.ts";
import { CROSS_TENANT_INDEXES, TENANT_TABLES } from "../../../convex/tenancy/tables.ts";
import { packed } from "../../../lib/archive/packing.ts";
import { bytesOf, forged, opened, stubStorage, work } from "../../support/archives.ts";
import { type Backend, backend, clerkEvent, deliver, identityOf } from "../../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let archive: Uint8Array;
let home: { tenantId: Id<"tenants">; as: ReturnType<Backend["withIdentity"]> };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  stubStorage(() => t);
  const archiveId = await north.as.mutation(api.archives.start, {});
  await work(t, archiveId);
  archive = await bytesOf(t, archiveId);
  home = await newCompany("home", "admin@home.test");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A company as sign-up leaves it. */
async function newCompany(key: string, email: string) {
  const unsafeMetadata = { companyName: `${key} Solar`, plan: "pro" };
  const user = { id: `user_${key}`, email, firstName: "Eve", unsafeMetadata };
  await deliver(t, clerkEvent("user.created", user));
  const as = t.withIdentity(identityOf(user));
  const { tenant } = await as.query(api.members.me, {});
  return { tenantId: tenant._id, as };
}

async function begin(bytes: Uint8Array, tenantId = home.tenantId) {
  const content = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const storageId = await t.run((ctx) => ctx.storage.store(content));
  const company = await t.run(async ({ db }) => (await db.get("tenants", tenantId))!.slug);
  const args = { company, storageId, reason: "They moved" };
  const begun = await t.mutation(internal.archives.restore.begin, args);
  expect(begun.tenantId).toBe(tenantId);
  return begun.restoreId;
}

async function run(restoreId: Id<"restores">, tenantId = home.tenantId) {
  await t.action(internal.archives.restore.work, { tenantId, restoreId });
  const state = () => t.query(internal.archives.restore.read, { tenantId, restoreId });
  for (let turn = 0; (await state()).state === "cleaning" && turn < 20; turn++) {
    await t.mutation(internal.archives.restore.tidy, { tenantId, restoreId });
  }
  return await state();
}

type Row = Record<string, unknown> & { _id: string; tenantId: string };
async function rowsOf(tenantId: string, table: string): Promise<Row[]> {
  const all = await t.run(({ db }) => db.query(table as "projects").collect());
  return (all as unknown as Row[]).filter((row) => row.tenantId === tenantId);
}

describe("the tables of a restoring", () => {
  it("stand behind those that they cannot be without, and none needs one that is not restored", () => {
    expect([...RESTORE_ORDER].sort()).toEqual(TENANT_TABLES.filter(isRestored).sort());
    expect(RESTORE_ORDER.indexOf("members")).toBeLessThan(RESTORE_ORDER.indexOf("projects"));
    // Leads and projects name each other: one of them waits.
    expect([...lateFields("leads"), ...lateFields("projects")].length).toBeGreaterThan(0);
  });

  it("that open something across companies are not restored, or made anew", () => {
    const tables = Object.keys(CROSS_TENANT_INDEXES).map((index) => index.split(".")[0]!);
    const restored = [...new Set(tables)].filter((table) => isRestored(table as "members"));
    // Members and campaigns: tenancy/archive/restoring.ts; files: stored anew.
    expect(restored.sort()).toEqual(["campaigns", "files", "members"]);
    for (const reason of Object.values(NOT_RESTORED)) expect(reason.length).toBeGreaterThan(20);
  });
});

describe("restoring an archive", () => {
  it("brings every row and file into the new company, with every reference inside it", async () => {
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    const done = await run(await begin(archive));
    expect(done).toMatchObject({ state: "done", leftOut: 0, problem: null });
    const { manifest, rows } = opened(archive);
    expect(done.files).toBe(manifest.files.length);
    for (const table of RESTORE_ORDER) {
      const kept = rows(table);
      const own = await rowsOf(home.tenantId, table);
      // The founder, and the lines of sign-up and of this.
      const more = { members: 1, auditLog: 2 }[table as string] ?? 0;
      expect(own.length, table).toBe(kept.length + more);
      for (const row of own) {
        for (const { path, table: target, id } of referencesIn(table, row)) {
          if (target === "_storage" || target === "tenants") continue;
          const found = (await t.run(({ db }) =>
            db.get(target as "projects", id as never),
          )) as Row | null;
          expect(found?.tenantId, `${table}.${path}`).toBe(home.tenantId);
        }
      }
    }
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
  });

  it("leaves no id of the old company anywhere in the new one", async () => {
    await run(await begin(archive));
    const text = JSON.stringify(
      await Promise.all(TENANT_TABLES.map((table) => rowsOf(home.tenantId, table))),
    );
    for (const table of TENANT_TABLES) {
      for (const { _id } of await rowsOf(north.tenantId, table)) {
        expect(text, `${table} ${_id}`).not.toContain(`"${_id}"`);
      }
    }
    expect(text).not.toContain(north.tenantId);
    for (const { id } of opened(archive).manifest.files) expect(text).not.toContain(id);
  });

  it("lets the new company's people work with it, and nobody of the old one in", async () => {
    await run(await begin(archive));
    const page = { paginationOpts: { numItems: 10, cursor: null } };
    const { page: projects } = await home.as.query(api.projects.list, page);
    expect(projects.map(({ name }) => name)).toEqual(["Roof of north"]);
    const members = await rowsOf(home.tenantId, "members");
    const others = members.filter(({ email }) => email !== "admin@home.test");
    expect(others.length).toBeGreaterThan(3);
    for (const other of others) {
      expect(other).toMatchObject({ status: "deactivated" });
      expect(other.clerkUserId).toMatch(/^restored_/);
      expect(other.accountDeletedAt).toBeDefined();
    }
    // The old company's form stays its own.
    const campaigns = await rowsOf(home.tenantId, "campaigns");
    expect(campaigns.every(({ formToken }) => formToken === undefined)).toBe(true);
    expect(await t.query(api.leadForms.show, { token: north.formToken })).not.toBeNull();
  });

  it("knows somebody who is there already by their address", async () => {
    const again = await newCompany("again", "viewer@north.test");
    await run(await begin(archive, again.tenantId), again.tenantId);
    const [viewer, ...more] = (await rowsOf(again.tenantId, "members")).filter(
      ({ email }) => email === "viewer@north.test",
    );
    expect(more).toEqual([]);
    expect(viewer).toMatchObject({ status: "active", clerkUserId: "user_again" });
  });

  it("writes each row once, however often the work stops and begins anew", async () => {
    const restoreId = await begin(archive);
    let now = Date.now();
    vi.spyOn(Date, "now").mockImplementation(() => (now += 90_000));
    let state = await run(restoreId);
    let stops = 0;
    for (; state.state !== "done" && stops < 300; stops++) state = await run(restoreId);
    vi.mocked(Date.now).mockRestore();
    expect(stops).toBeGreaterThan(5);
    expect(state).toMatchObject({ state: "done", leftOut: 0 });
    expect(await rowsOf(home.tenantId, "projects")).toHaveLength(1);
    expect(await rowsOf(home.tenantId, "restoredRows")).toEqual([]);
    // A late hand changes nothing.
    const world = await worldOf(t, home.tenantId, TENANT_TABLES);
    await run(restoreId);
    expect(await worldOf(t, home.tenantId, TENANT_TABLES)).toBe(world);
  });
});

describe("while an archive is restored", () => {
  const create = () =>
    home.as.mutation(api.projects.create, { name: "Elm roof", customerName: "Joan Miller" });
  const readOnly = async () => (await home.as.query(api.members.me, {})).tenant.readOnly;

  it("nobody changes anything in the company once rows are written, until it is done", async () => {
    const restoreId = await begin(archive);
    expect(await readOnly()).toBeUndefined();
    const settled = { tenantId: home.tenantId, restoreId, problem: null };
    await t.mutation(internal.archives.restore.settle, settled);
    await expect(create()).rejects.toMatchObject({ data: { code: "READ_ONLY" } });
    expect(await readOnly()).toMatchObject({ because: "restore" });
    expect((await run(restoreId)).state).toBe("done");
    expect(await readOnly()).toBeUndefined();
    await create();
  });

  it("and given up, it leaves the company open, to be closed by its people", async () => {
    const restoreId = await begin(archive);
    const own = { tenantId: home.tenantId, restoreId };
    await t.mutation(internal.archives.restore.settle, { ...own, problem: null });
    await t.mutation(internal.archives.restore.settle, { ...own, problem: "It broke." });
    expect(await t.query(internal.archives.restore.read, own)).toMatchObject({ state: "failed" });
    expect(await readOnly()).toBeUndefined();
    const { tenant } = await home.as.query(api.members.me, {});
    const asked = { companyName: tenant.name, reason: "It broke" };
    await home.as.mutation(api.tenantLifecycle.requestClosing, asked);
  });

  it("the check goes on where it was, piece by piece, and still finds what is wrong at the end", async () => {
    const wrong = await forged(archive, (manifest) => {
      manifest.files.at(-1)!.sha256 = "0".repeat(64);
    });
    const restoreId = await begin(wrong);
    let now = Date.now();
    vi.spyOn(Date, "now").mockImplementation(() => (now += 90_000));
    const places: string[] = [];
    let state = await run(restoreId);
    for (; state.state === "checking"; state = await run(restoreId)) {
      places.push(JSON.stringify(state.place));
      expect(places.length).toBeLessThan(200);
    }
    vi.mocked(Date.now).mockRestore();
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeGreaterThan(5);
    expect(state).toMatchObject({ state: "refused", rows: 0, problem: "The archive is damaged." });
  });

  it("a hand that comes late to the check changes nothing", async () => {
    const restoreId = await begin(archive);
    const own = { tenantId: home.tenantId, restoreId };
    const place = (part: number) => ({ table: 0, part, line: 0 });
    const checked = (from: number, next: number) =>
      t.mutation(internal.archives.restore.checked, {
        ...own,
        from: place(from),
        next: place(next),
      });
    expect(await checked(0, 2)).toBe(true);
    expect(await checked(0, 1)).toBe(false);
    const { place: at } = await t.query(internal.archives.restore.read, own);
    expect(at).toEqual(place(2));
  });
});

describe("an archive that is refused", () => {
  const cases: Record<string, () => Uint8Array> = {
    "cut off": () => archive.subarray(0, -40),
    "without its beginning": () => archive.subarray(100),
    "something else": () => Buffer.from("PK not a zip ".repeat(50)),
    empty: () => Buffer.from(" "),
    "changed in one byte of a row": () => flip((manifest) => manifest.tables[3]!.parts[0]!.offset),
    "changed in one byte of a file": () => flip((manifest) => manifest.files[0]!.parts[0]!.offset),
  };

  it.each(Object.keys(cases))("because it is %s, leaves the company as it was", async (name) => {
    const tables = TENANT_TABLES.filter(isRestored);
    const before = (await Promise.all(tables.map((table) => rowsOf(home.tenantId, table)))).flat();
    const state = await run(await begin(cases[name]!()));
    expect(state.state).toBe("refused");
    expect(state.problem).toMatch(/not an archive|damaged|another version/);
    const after = (await Promise.all(tables.map((table) => rowsOf(home.tenantId, table)))).flat();
    const lines = after.filter(({ action }) => action !== "company.restored");
    expect(lines).toEqual(before);
    // A good one may follow.
    expect((await run(await begin(archive))).state).toBe("done");
  });

  const DAMAGED = "The archive is damaged.";
  const text = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  const lies: Record<string, [string, Parameters<typeof forged>[1]]> = {
    "a table is none of a company's": [
      DAMAGED,
      (manifest) => void manifest.tables.push({ name: "staff", rows: 0, parts: [] }),
    ],
    "a row does not fit its table": [
      DAMAGED,
      async (manifest, part) => {
        const table = manifest.tables.find(({ name }) => name === "projects")!;
        const [row] = opened(archive).rows("projects");
        table.rows += 1;
        table.parts.push({ ...(await part(text({ ...row, name: 7 }))), rows: 1 });
      },
    ],
    "a table has fewer rows than it says": [
      DAMAGED,
      (manifest) => void (manifest.tables[0]!.rows += 1),
    ],
    "a file is another one than its digest says": [
      DAMAGED,
      (manifest) => void (manifest.files[0]!.sha256 = "0".repeat(64)),
    ],
    "a file is larger than any may be": [
      "This is not an archive that Sunup has written, or it is not whole.",
      (manifest) => void (manifest.files[0]!.size = 51 * 1024 * 1024),
    ],
    "a part unpacks to more than it says": [
      DAMAGED,
      async (manifest, part) => {
        const bomb = packed(new Uint8Array(64 * 1024 * 1024).fill(97), true);
        const table = manifest.tables[0]!;
        table.parts.push({ ...(await part(text({}), bomb)), rows: 1 });
        table.rows += 1;
      },
    ],
  };

  it.each(Object.keys(lies))("although all its checksums fit, because %s", async (name) => {
    const [problem, change] = lies[name]!;
    const before = await rowsOf(home.tenantId, "pipelineStages");
    const state = await run(await begin(await forged(archive, change)));
    expect(state).toMatchObject({ state: "refused", problem, rows: 0 });
    expect(await rowsOf(home.tenantId, "pipelineStages")).toEqual(before);
    expect(await rowsOf(home.tenantId, "projects")).toEqual([]);
  });

  it("when nothing is changed in the frame, is a good one", async () => {
    expect((await run(await begin(await forged(archive, () => {})))).state).toBe("done");
  });

  it("because somebody has begun to work in the company while it was checked", async () => {
    const restoreId = await begin(archive);
    await home.as.mutation(api.projects.create, { name: "Elm roof", customerName: "Joan Miller" });
    const tables = ["projects", "pipelineStages", "campaigns"];
    const before = await Promise.all(tables.map((table) => rowsOf(home.tenantId, table)));
    const state = await run(restoreId);
    expect(state).toMatchObject({
      state: "refused",
      problem: "Somebody works in the company already.",
    });
    const after = await Promise.all(tables.map((table) => rowsOf(home.tenantId, table)));
    expect(after).toEqual(before);
  });

  it("because the company has something already, is not even read", async () => {
    await expect(begin(archive, north.tenantId)).rejects.toMatchObject({
      data: { code: "CONFLICT" },
    });
    await run(await begin(archive));
    await expect(begin(archive)).rejects.toMatchObject({ data: { code: "CONFLICT" } });
  });

  it("because its tables are other ones, is refused before anything else is read", async () => {
    const read = (from: number, to: number) => Promise.resolve(archive.subarray(from, to));
    const { schema } = opened(archive).manifest;
    expect((await readManifest(read, archive.length, schema)).schema).toBe(schema);
    await expect(readManifest(read, archive.length, "0".repeat(64))).rejects.toThrow(
      "another version of Sunup",
    );
  });

  function flip(at: (manifest: ReturnType<typeof opened>["manifest"]) => number): Uint8Array {
    const changed = Uint8Array.from(archive);
    const place = at(opened(archive).manifest) + 5;
    changed[place] = changed[place]! ^ 0x10;
    return changed;
  }
});
