import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import { hasDocument } from "../../convex/model/documents.ts";
import { tenantReader } from "../../convex/tenancy/rules.ts";
import { scopedReader } from "../../convex/tenancy/scopedDb.ts";
import { DAY_MS } from "../../lib/days.ts";
import type { DocumentKind } from "../../lib/documents.ts";
import { guessDocumentKind, requiredDocuments } from "../../lib/documents.ts";
import { type Backend, backend } from "../support/backend.ts";
import { addDocument, storedIds, uploadDocument } from "../support/files.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => vi.useRealTimers());

const page = { paginationOpts: { numItems: 50, cursor: null } };
const bill = { name: "pge bill.pdf", bytes: "a bill", contentType: "application/pdf" };

/** The project's documents apart from the photos of its survey. */
const documentsOf = async ({ as, projectId }: TestTenant) =>
  (await as.query(api.documents.list, { ...page, projectId })).page.filter(
    ({ kind }) => kind !== "sitePhoto",
  );
const deletedOf = async ({ as }: TestTenant) =>
  (await as.query(api.documents.recentlyDeleted, page)).page;
const timelineOf = async ({ as, projectId }: TestTenant) =>
  (await as.query(api.activity.ofProject, { ...page, projectId })).page;

async function storageOf({ tenantId }: TestTenant): Promise<number> {
  const rows = await t.run(({ db }) => db.query("usage").collect());
  const row = rows.find((each) => each.tenantId === tenantId && each.metric === "storageBytes");
  return row?.value ?? 0;
}

async function has({ tenantId, projectId }: TestTenant, kind: DocumentKind): Promise<boolean> {
  return await t.run(async ({ db }) => {
    const scope = { tenantId, memberId: null };
    return await hasDocument(scopedReader(tenantReader(db, scope), scope), projectId, kind);
  });
}

describe("a document", () => {
  it("stands in its project's list with who sent it, in the timeline, and in no other company", async () => {
    const theirs = await documentsOf(south);
    const documentId = await addDocument(t, north.as, north.projectId, {
      ...bill,
      kind: "utilityBill",
    });
    expect((await documentsOf(north))[0]).toMatchObject({
      ...{ _id: documentId, name: "pge bill.pdf", kind: "utilityBill", size: 6 },
      ...{ contentType: "application/pdf", uploadedByName: "Ada north" },
    });
    expect((await timelineOf(north))[0]).toMatchObject({
      ...{ kind: "documentAdded", subject: "pge bill.pdf" },
    });
    expect(await documentsOf(south)).toEqual(theirs);
  });

  it("is listed by kind, and never with those of another project", async () => {
    const { as, projectId } = north;
    const other = await as.mutation(api.projects.create, { name: "Other", customerName: "X" });
    await addDocument(t, as, other, { ...bill, kind: "utilityBill" });
    const bills = { ...page, projectId, kind: "utilityBill" as const };
    expect((await as.query(api.documents.list, bills)).page).toEqual([]);
    await addDocument(t, as, projectId, { ...bill, bytes: "another", kind: "utilityBill" });
    expect((await as.query(api.documents.list, bills)).page).toHaveLength(1);
  });

  it("takes another name and kind, told in the timeline; a bad name changes nothing", async () => {
    const { as, documentId } = north;
    await as.mutation(api.documents.update, { documentId, name: " final/ permit " });
    await as.mutation(api.documents.update, { documentId, kind: "planSet" });
    expect((await documentsOf(north))[0]).toMatchObject({ name: "permit.pdf", kind: "planSet" });
    const file = await t.run(async ({ db }) => {
      return await db.get("files", (await db.get("documents", documentId))!.fileId);
    });
    expect(file?.name).toBe("permit.pdf");
    expect((await timelineOf(north))[0]).toMatchObject({
      kind: "documentChanged",
      changes: [{ field: "kind", before: "Permit", after: "Plan set" }],
    });
    const before = await documentsOf(north);
    for (const name of ["", "   ", "x".repeat(201)]) {
      await expect(as.mutation(api.documents.update, { documentId, name })).rejects.toMatchObject({
        data: { code: "INVALID", field: "name" },
      });
    }
    expect(await documentsOf(north)).toEqual(before);
  });

  it("that is no document's type is refused, and nothing of it stays", async () => {
    const page = { name: "x.html", bytes: "<script>", contentType: "text/html" };
    await expect(uploadDocument(t, north.as, north.projectId, page)).rejects.toMatchObject({
      data: { code: "INVALID", field: "file" },
    });
    const upload = await uploadDocument(t, north.as, north.projectId, bill);
    await t.run(async ({ db }) => {
      await db.patch(upload.storageId as never, { contentType: "text/html" } as never);
    });
    const before = await documentsOf(north);
    const add = { ...upload, projectId: north.projectId, kind: "other" as const };
    expect(await north.as.mutation(api.documents.add, add)).toHaveProperty("refused");
    expect(await documentsOf(north)).toEqual(before);
    expect(await storedIds(t)).not.toContain(upload.storageId);
  });
});

describe("a deleted document", () => {
  it("leaves the list and the gates, and comes back", async () => {
    const { as, documentId } = north;
    expect(await has(north, "permit")).toBe(true);
    await as.mutation(api.documents.remove, { documentId });
    expect(await has(north, "permit")).toBe(false);
    expect(await documentsOf(north)).toEqual([]);
    expect((await deletedOf(north))[0]).toMatchObject({
      ...{ _id: documentId, deletedByName: "Ada north", deletedFrom: "Roof of north" },
    });
    await expect(
      as.mutation(api.documents.update, { documentId, name: "x" }),
    ).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    await as.mutation(api.documents.restore, { documentId });
    await as.mutation(api.documents.restore, { documentId });
    expect(await has(north, "permit")).toBe(true);
    expect((await documentsOf(north)).map(({ _id }) => _id)).toEqual([documentId]);
    const kinds = (await timelineOf(north)).slice(0, 2).map(({ kind }) => kind);
    expect(kinds).toEqual(["documentRestored", "documentDeleted"]);
    expect(await has(south, "permit")).toBe(true);
  });

  it("is removed with its bytes after its time, unless it was restored since", async () => {
    const { as, tenantId, documentId, deletedDocumentId } = north;
    const [deleted] = await deletedOf(north);
    const at = { tenantId, documentId: deletedDocumentId, deletedAt: deleted!.deletedAt };
    const stored = await storedIds(t);
    const used = await storageOf(north);
    vi.useFakeTimers({ now: Date.now() + 31 * DAY_MS, toFake: ["Date"] });
    await as.mutation(api.documents.restore, { documentId: deletedDocumentId });
    await t.mutation(internal.documents.sweep, at);
    expect(await documentsOf(north)).toHaveLength(2);

    await as.mutation(api.documents.remove, { documentId: deletedDocumentId });
    const again = { ...at, deletedAt: (await deletedOf(north))[0]!.deletedAt };
    await t.mutation(internal.documents.sweep, at);
    await t.mutation(internal.documents.sweep, again);
    expect(await deletedOf(north)).toHaveLength(1);
    vi.setSystemTime(Date.now() + 30 * DAY_MS);
    await t.mutation(internal.documents.sweep, { ...again, tenantId: south.tenantId });
    expect(await deletedOf(north)).toHaveLength(1);
    await t.mutation(internal.documents.sweep, again);
    expect(await deletedOf(north)).toEqual([]);
    expect(await storedIds(t)).toHaveLength(stored.length - 1);
    expect(await storageOf(north)).toBe(used - deleted!.size);
    await t.mutation(internal.documents.sweep, { ...again, documentId });
    expect(await documentsOf(north)).toHaveLength(1);
  });

  it("is erased before that by an administrator only, and only once it was deleted", async () => {
    const { as, documentId, deletedDocumentId } = north;
    await expect(as.mutation(api.documents.erase, { documentId })).rejects.toMatchObject({
      data: { code: "CONFLICT" },
    });
    const world = await worldOf(t, north.tenantId, TENANT_TABLES);
    await expect(
      north.asRole("Manager").mutation(api.documents.erase, { documentId: deletedDocumentId }),
    ).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(world);
    await as.mutation(api.documents.erase, { documentId: deletedDocumentId });
    expect(await deletedOf(north)).toEqual([]);
    expect(await deletedOf(south)).toHaveLength(1);
  });
});

describe("the room for files", () => {
  it("is counted to the byte, and a file that does not fit is refused and not kept", async () => {
    const used = await storageOf(north);
    await addDocument(t, north.as, north.projectId, bill);
    expect(await storageOf(north)).toBe(used + 6);
    const GB = 1024 ** 3;
    await t.run(async ({ db }) => {
      const row = (await db.query("usage").collect()).find(
        (each) => each.tenantId === north.tenantId && each.metric === "storageBytes",
      );
      await db.patch("usage", row!._id, { value: 50 * GB - 3 });
    });
    const upload = await uploadDocument(t, north.as, north.projectId, bill);
    const before = await documentsOf(north);
    const add = { ...upload, projectId: north.projectId, kind: "other" as const };
    expect(await north.as.mutation(api.documents.add, add)).toMatchObject({
      refused: { code: "LIMIT_REACHED" },
    });
    expect(await documentsOf(north)).toEqual(before);
    expect(await storageOf(north)).toBe(50 * GB - 3);
    expect(await storedIds(t)).not.toContain(upload.storageId);
  });
});

describe("the checklist", () => {
  const checklist = async ({ as, projectId }: TestTenant) =>
    await as.query(api.documents.checklist, { projectId });

  it("asks for what the way of paying needs, and marks what is there", async () => {
    const { as, projectId } = north;
    expect((await checklist(north)).filter(({ there }) => there)).toEqual([
      { kind: "sitePhoto", there: true },
      { kind: "permit", there: true },
    ]);
    expect(requiredDocuments(undefined)).not.toContain("lienWaiver");
    await as.mutation(api.projects.update, { projectId, financing: "loan" });
    expect(await checklist(north)).toContainEqual({ kind: "lienWaiver", there: false });
    await addDocument(t, as, projectId, { ...bill, kind: "lienWaiver" });
    expect(await checklist(north)).toContainEqual({ kind: "lienWaiver", there: true });
    expect(await checklist(south)).not.toContainEqual({ kind: "lienWaiver", there: true });
  });
});

describe("the kind of a file", () => {
  it.each([
    ["PGE_Bill-2026-10.pdf", "utilityBill"],
    ["Signed contract (Miller).PDF", "contract"],
    ["PlanSet_v2.pdf", "planSet"],
    ["PTO letter.pdf", "ptoLetter"],
    ["Interconnection Agreement.pdf", "interconnection"],
    ["HOA approval.pdf", "hoaLetter"],
    ["driver license.jpg", "photoId"],
    ["QCell data sheet.pdf", "specSheet"],
    ["City permit 2291.pdf", "permit"],
    ["inspection-card.jpg", "inspectionCard"],
    ["Conditional lien waiver.pdf", "lienWaiver"],
    ["main panel.heic", "sitePhoto"],
    ["IMG_2231.JPG", "sitePhoto"],
    ["misc.zip", "other"],
    ["", "other"],
  ])("%j is taken for %s", (name, kind) => {
    expect(guessDocumentKind(name)).toBe(kind);
  });

  it("of a picture without a telling name is a site photo", () => {
    expect(guessDocumentKind("屋根.png", "image/png")).toBe("sitePhoto");
  });
});
