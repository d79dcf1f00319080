import { ConvexError } from "convex/values";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import schema from "../../convex/schema.ts";
import { referencesOf } from "../../convex/tenancy/references.ts";
import { tenantWriter } from "../../convex/tenancy/rules.ts";
import { scopedWriter } from "../../convex/tenancy/scopedDb.ts";
import { TENANT_TABLES, WALLED_TABLES } from "../../convex/tenancy/tables.ts";
import { type Backend, backend } from "../support/backend.ts";
import { announced, store, storedIds, uploadLogo } from "../support/files.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";
import { registeredFunctions } from "./functions.ts";

/** The files wall: what is stored belongs to one tenant, and nobody else claims, opens or removes it. */

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let warnings: MockInstance<typeof console.warn>;

beforeEach(async () => {
  warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const NOT_FOUND = (error: unknown) =>
  error instanceof ConvexError && error.data.code === "NOT_FOUND";

/** North claims a stored file with an upload of its own or of others. */
function claim(
  upload: { uploadId: Id<"fileUploads">; storageId: Id<"_storage"> },
  as: TestTenant["as"] = north.as,
) {
  return as.mutation(api.company.setLogo, { ...upload, replaces: north.logoId });
}

async function fileOf({ logoId }: TestTenant): Promise<Doc<"files">> {
  return (await t.run(({ db }) => db.get("files", logoId)))!;
}

/** Neither company's rows, nor anything that is stored, is other than before. */
async function nothingChanges(attack: () => Promise<unknown>): Promise<void> {
  const state = async () => [
    await worldOf(t, north.tenantId, TENANT_TABLES),
    await worldOf(t, south.tenantId, TENANT_TABLES),
    await storedIds(t),
  ];
  const before = await state();
  await attack();
  expect(await state()).toEqual(before);
}

describe("a claim", () => {
  it("takes a file that the member has just sent, once", async () => {
    expect(await claim(north.upload)).toEqual({ fileId: expect.any(String) as string });
    await nothingChanges(() => expect(claim(north.upload)).rejects.toSatisfy(NOT_FOUND));
  });

  it("takes nothing that another company has claimed, and leaves a line about it", async () => {
    const { storageId, _id } = await fileOf(south);
    const { uploadId } = north.upload;
    await nothingChanges(() => expect(claim({ uploadId, storageId })).rejects.toSatisfy(NOT_FOUND));
    expect(warnings.mock.calls.map(([line]) => JSON.parse(line as string) as unknown)).toEqual([
      expect.objectContaining({ operation: "insert", table: "files", rowId: _id }),
    ]);
  });

  it("takes nothing that the own company has claimed before", async () => {
    const { storageId } = await fileOf(north);
    const { uploadId } = north.upload;
    await nothingChanges(() => expect(claim({ uploadId, storageId })).rejects.toSatisfy(NOT_FOUND));
  });

  it("takes nobody else's fresh file, though its storage id is known, and leaves it to them", async () => {
    const { uploadId } = north.upload;
    const { storageId } = south.upload;
    await nothingChanges(() => expect(claim({ uploadId, storageId })).rejects.toSatisfy(NOT_FOUND));
    const theirs = await south.as.mutation(api.company.setLogo, {
      ...south.upload,
      replaces: south.logoId,
    });
    expect(theirs).toHaveProperty("fileId");
  });

  it("goes with no upload of another company, another member or another time", async () => {
    const { storageId } = north.upload;
    await nothingChanges(() =>
      expect(claim({ uploadId: south.upload.uploadId, storageId })).rejects.toSatisfy(NOT_FOUND),
    );
    await t.run(async ({ db }) => {
      const others = await db.query("members").collect();
      const viewer = others.find(({ primaryRole }) => primaryRole === "Viewer")!;
      await db.patch("members", viewer._id, { roles: ["System Administrator"] });
    });
    await nothingChanges(() =>
      expect(claim(north.upload, north.asRole("Viewer"))).rejects.toSatisfy(NOT_FOUND),
    );
    vi.useFakeTimers({ now: Date.now() + 61 * 60_000, toFake: ["Date"] });
    await nothingChanges(() => expect(claim(north.upload)).rejects.toSatisfy(NOT_FOUND));
    vi.useRealTimers();
  });

  it("takes nothing that was stored before the upload began, whoever knows its digest", async () => {
    const file = { name: "p.png", bytes: "known to both", contentType: "image/png" };
    const theirs = await uploadLogo(t, south.as, file);
    const ours = await uploadLogo(t, north.as, file);
    await nothingChanges(() =>
      expect(claim({ uploadId: ours.uploadId, storageId: theirs.storageId })).rejects.toSatisfy(
        NOT_FOUND,
      ),
    );
    expect(await claim(ours)).toHaveProperty("fileId");
  });

  it("takes a file once, though others announced the very same bytes before it came", async () => {
    const file = { name: "p.png", bytes: "known to both", contentType: "image/png" };
    const begin = (as: TestTenant["as"]) =>
      as.mutation(api.company.startLogoUpload, { file: announced(file) });
    const [first, second] = [await begin(north.as), await begin(north.as)];
    const theirs = await begin(south.as);
    const storageId = await store(t, file);
    const taken = await claim({ uploadId: first.uploadId, storageId });
    const replaces = (taken as { fileId: Id<"files"> }).fileId;

    const again = { uploadId: second.uploadId, storageId, replaces };
    const abroad = { uploadId: theirs.uploadId, storageId, replaces: south.logoId };
    await nothingChanges(async () => {
      await expect(north.as.mutation(api.company.setLogo, again)).rejects.toSatisfy(NOT_FOUND);
      await expect(south.as.mutation(api.company.setLogo, abroad)).rejects.toSatisfy(NOT_FOUND);
    });
  });

  it("goes by what storage says of size and type, and removes what it refuses", async () => {
    const lies = [
      {
        bytes: "<svg/>",
        contentType: "image/svg+xml",
        sentence: "A logo must be PNG, JPEG, or WEBP.",
      },
      {
        bytes: "x".repeat(2 * 1024 * 1024 + 1),
        contentType: "image/png",
        sentence: "A logo can have at most 2 MB.",
      },
      { bytes: "", contentType: "image/png", sentence: "The file is empty." },
    ];
    for (const { bytes, contentType, sentence } of lies) {
      const said = { name: "logo.png", bytes: "small", contentType: "image/png" };
      const { uploadId } = await uploadLogo(t, north.as, said);
      const storageId = await store(t, { bytes, contentType });
      const sha256 = await digestOf(storageId);
      await t.run(({ db }) => db.patch("fileUploads", uploadId, { sha256 }));
      expect(await claim({ uploadId, storageId })).toEqual({
        refused: expect.objectContaining({ code: "INVALID", message: sentence }) as object,
      });
      expect(await storedIds(t)).not.toContain(storageId);
      expect(await t.run(({ db }) => db.get("fileUploads", uploadId))).toBeNull();
    }
    expect((await north.as.query(api.members.me, {})).tenant.logoId).toBe(north.logoId);
  });
});

describe("removing", () => {
  it("takes the bytes away with the row, and nobody else's", async () => {
    const { storageId } = await fileOf(north);
    await nothingChanges(() =>
      expect(north.as.mutation(api.company.removeLogo, { fileId: south.logoId })).rejects.toSatisfy(
        NOT_FOUND,
      ),
    );
    const others = (await storedIds(t)).filter((id) => id !== storageId);
    await north.as.mutation(api.company.removeLogo, { fileId: north.logoId });
    expect(await storedIds(t)).toEqual(others);
    expect(await t.run(({ db }) => db.get("files", north.logoId))).toBeNull();
  });

  it("happens to a file that another one replaces", async () => {
    const { storageId } = await fileOf(north);
    await claim(north.upload);
    expect(await storedIds(t)).not.toContain(storageId);
  });
});

describe("the door to a file's bytes", () => {
  beforeEach(() => {
    // Storage, as the deployment reaches it: convex-test's addresses end with the digest.
    vi.stubGlobal("fetch", async (address: string, { headers }: { headers: { range: string } }) => {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range)!;
      const digest = address.slice(address.indexOf("/storage/") + "/storage/".length);
      const bytes = await t.run(async (ctx) => {
        const all = await ctx.db.system.query("_storage").collect();
        const blob = await ctx.storage.get(all.find(({ sha256 }) => sha256 === digest)!._id);
        return await blob!.slice(Number(from), Number(to) + 1).text();
      });
      return new Response(bytes, { status: 206 });
    });
  });

  const open = (as: Pick<Backend, "fetch">, fileId: string, headers: Record<string, string> = {}) =>
    as.fetch(`/files/${fileId}`, { headers });

  it("opens to the file's own company, to each part, with headers that let nothing run", async () => {
    for (const as of [north.as, north.asRole("Viewer")]) {
      const answer = await open(as, north.logoId, { range: "bytes=0-3" });
      expect(answer.status).toBe(206);
      expect(await answer.text()).toBe("Logo");
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-range": "bytes 0-3/13",
        "content-type": "image/png",
        "content-disposition": "inline; filename*=UTF-8''north.png",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
      });
    }
  });

  it("hands out no more than 16 MiB at once", async () => {
    const size = 40 * 1024 * 1024;
    await t.run(({ db }) => db.patch("files", north.logoId, { size }));
    const whole = await open(north.as, north.logoId);
    expect(whole.headers.get("content-range")).toBe(`bytes 0-16777215/${size}`);
    const end = await open(north.as, north.logoId, { range: "bytes=33554432-" });
    expect(end.headers.get("content-range")).toBe(`bytes 33554432-41943039/${size}`);
  });

  it("answers another company's file like an unknown one and like no id at all", async () => {
    const gone = south.logoId;
    const foreign = await open(north.as, gone);
    await south.as.mutation(api.company.removeLogo, { fileId: gone });
    const answers = [foreign];
    for (const id of [gone, "x", "", "%00", north.projectId, north.upload.uploadId]) {
      answers.push(await open(north.as, id));
    }
    const shown = await Promise.all(
      answers.map(async (each) => [each.status, [...each.headers], await each.text()]),
    );
    expect(new Set(shown.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(foreign.status).toBe(404);
  });

  it("stays shut without a token, without a company, for the deactivated and the suspended", async () => {
    expect((await open(t, north.logoId)).status).toBe(401);
    const stranger = t.withIdentity({ subject: "user_stranger", issuer: "https://clerk.test" });
    expect((await open(stranger, north.logoId)).status).toBe(403);
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { status: "suspended" }));
    expect((await open(north.as, north.logoId)).status).toBe(403);
  });

  it("asks who is there before it says that nothing has changed", async () => {
    const etag = (await open(north.as, north.logoId)).headers.get("etag")!;
    const headers = { "if-none-match": etag };
    expect((await open(north.as, north.logoId, headers)).status).toBe(304);
    expect((await open(south.as, north.logoId, headers)).status).toBe(404);
    expect((await open(t, north.logoId, headers)).status).toBe(401);
  });
});

describe("unclaimed files", () => {
  it("are removed when nobody can claim them any more, and claimed ones stay", async () => {
    const claimed = await t.run(async ({ db }) =>
      [
        ...(await db.query("files").collect()),
        ...(await db.query("archiveSegments").collect()),
      ].map(({ storageId }) => storageId),
    );
    await t.mutation(internal.files.sweep, {});
    expect(await storedIds(t)).toEqual(
      expect.arrayContaining([north.upload.storageId, south.upload.storageId]),
    );
    vi.useFakeTimers({ now: Date.now() + 3 * 60 * 60_000, toFake: ["Date"] });
    await t.mutation(internal.files.sweep, {});
    expect((await storedIds(t)).sort()).toEqual(claimed.sort());
    await t.mutation(internal.files.sweep, {});
    vi.useRealTimers();
    expect((await storedIds(t)).sort()).toEqual(claimed);
  });

  it("of one company are forgotten in the background, and of no other", async () => {
    const { tenantId } = north;
    await t.mutation(internal.files.forgetUpload, { tenantId, uploadId: south.upload.uploadId });
    await t.mutation(internal.files.forgetUpload, { tenantId, uploadId: north.upload.uploadId });
    const left = await t.run(({ db }) => db.query("fileUploads").collect());
    expect(left.map(({ _id }) => _id).sort()).toEqual(
      [
        ...[north.documentUpload.uploadId, south.documentUpload.uploadId],
        ...[north.photoUpload.uploadId, south.photoUpload.uploadId, south.upload.uploadId],
      ].sort(),
    );
  });
});

describe("storage ids", () => {
  it("are taken from clients by claims only, and answered by nothing public", async () => {
    const taking: string[] = [];
    for (const fn of await registeredFunctions()) {
      if (fn.idArguments.some(({ table }) => table === "_storage")) taking.push(fn.path);
    }
    // Internal: what the command line uploaded, and what the archive's own work has stored.
    const own = ["archives/restore:begin", "archives/write:take"];
    expect(taking).toEqual([...own, "company:setLogo", "documents:add", "surveys:addPhoto"]);
  });

  it("stand in no tables but the walls' own", () => {
    const holding = TENANT_TABLES.filter((table) =>
      Object.values(schema.tables[table].validator.fields).some((field) =>
        referencesOf(field, "some id").some((reference) => reference.table === "_storage"),
      ),
    );
    expect(holding).toEqual(["files", "archiveSegments"]);
  });
});

describe.each(Object.keys(WALLED_TABLES))("the walled table %s", (name) => {
  it("is only read through the scoped database, by its own company too", async () => {
    const table = name as "projects";
    await nothingChanges(() =>
      t.run(async ({ db: raw }) => {
        const scope = { tenantId: north.tenantId, memberId: null };
        const db = scopedWriter(tenantWriter(raw, scope), scope);
        const [own] = (await raw.query(table).collect()).filter(
          (r) => r.tenantId === north.tenantId,
        );
        const { _id, _creationTime, tenantId, ...copy } = own!;
        expect(await db.get(table, _id)).toEqual(own);
        for (const write of [
          () => db.insert(table, copy),
          () => db.patch(table, _id, {}),
          () => db.replace(table, _id, copy),
          () => db.delete(table, _id),
        ]) {
          await expect(write()).rejects.toThrow("written by a wall of their own");
        }
      }),
    );
  });
});

async function digestOf(storageId: Id<"_storage">): Promise<string> {
  const stored = await t.run(({ db }) => db.system.get("_storage", storageId));
  return Buffer.from(stored!.sha256, "base64").toString("hex");
}
