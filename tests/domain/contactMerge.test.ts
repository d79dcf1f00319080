import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import type { Id, TableNames } from "../../convex/_generated/dataModel.js";
import schema from "../../convex/schema.ts";
import { referencesIn } from "../../convex/tenancy/references.ts";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.useFakeTimers();
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const settle = () => t.finishAllScheduledFunctions(vi.runAllTimers);
const nobody = { name: "Ana", email: "", phone: "", address: "", notes: "" };

type MergedField = "name" | "email" | "phone" | "address" | "notes" | "organizationId";

/** Makes north's contact part of its duplicate, as somebody who has just looked at both. */
async function merge(
  mergeId: Id<"contacts"> = north.contactId,
  keepId: Id<"contacts"> = north.duplicate.contactId,
  take: MergedField[] = [],
) {
  const updatedAt = async (contactId: Id<"contacts">) =>
    (await north.as.query(api.contacts.get, { contactId })).updatedAt;
  const seen = { keep: await updatedAt(keepId), merge: await updatedAt(mergeId) };
  await north.as.mutation(api.contacts.merge, { keepId, mergeId, take, seen });
}

/** Where in the tenant's rows a contact is named: "projects.contactId". */
async function placesOf(contactId: Id<"contacts">): Promise<string[]> {
  const found: string[] = [];
  for (const table of TENANT_TABLES) {
    const rows = await t.run((ctx) => ctx.db.query(table as "projects").collect());
    for (const row of rows) {
      for (const { path, id } of referencesIn(table, row)) {
        if (id === contactId) found.push(`${table}.${path.replace(/\[\d+\]/g, "[]")}`);
      }
    }
  }
  return [...new Set(found)].sort();
}

/** Every place of the schema where a contact can be named. */
function placesInSchema(): string[] {
  const walk = (type: unknown, path: string): string[] => {
    const { kind, tableName, fields, element, members } = type as {
      kind: string;
      tableName?: TableNames;
      fields?: Record<string, unknown>;
      element?: unknown;
      members?: unknown[];
    };
    if (kind === "id") return tableName === "contacts" ? [path] : [];
    if (kind === "object") {
      return Object.entries(fields ?? {}).flatMap(([name, each]) => walk(each, `${path}.${name}`));
    }
    if (kind === "array") return walk(element, `${path}[]`);
    return (members ?? []).flatMap((each) => walk(each, path));
  };
  return TENANT_TABLES.flatMap((table) => walk(schema.tables[table].validator, table)).sort();
}

describe("a merge", () => {
  it("moves every reference that the schema knows, and leaves none behind", async () => {
    const earlier = await north.as.mutation(api.contacts.create, { ...nobody, name: "Earlier" });
    await merge(earlier, north.contactId);
    await settle();
    const before = await placesOf(north.contactId);
    expect(before, "give the contact of signUp() a row in each of these places").toEqual(
      placesInSchema(),
    );
    await merge();
    await settle();
    expect(await placesOf(north.contactId)).toEqual([]);
    const gone = await north.as.query(api.contacts.get, { contactId: north.contactId });
    expect(gone).toMatchObject({ state: "merged", mergedInto: { name: "Twin of north" } });
  });

  it("takes over the chosen values and no others, and the projects follow", async () => {
    const keepId = north.duplicate.contactId;
    await merge(north.contactId, keepId, ["name", "organizationId"]);
    await settle();
    expect(await north.as.query(api.contacts.get, { contactId: keepId })).toMatchObject({
      name: "Customer of north",
      organization: { _id: north.organizationId },
      merged: [{ name: "Customer of north", moved: 2, done: true }],
    });
    const ofOrganization = await north.as.query(api.contactLinks.projectsOfOrganization, {
      paginationOpts: { numItems: 5, cursor: null },
      organizationId: north.organizationId,
    });
    expect(ofOrganization.page).toMatchObject([{ _id: north.projectId }]);
  });

  it("is told in the audit trail and in the timeline of each project", async () => {
    await merge();
    await settle();
    const lines = await t.run((ctx) => ctx.db.query("auditLog").collect());
    const audit = lines.find(({ action }) => action === "contacts.merged");
    expect(audit).toMatchObject({ tenantId: north.tenantId, subject: "Twin of north" });
    expect(audit?.changes[0]?.before).toContain("Customer of north");
    const { page } = await north.as.query(api.activity.ofProject, {
      projectId: north.projectId,
      paginationOpts: { numItems: 1, cursor: null },
    });
    expect(page[0]?.changes).toEqual([
      { field: "contact", before: "Customer of north", after: "Twin of north" },
    ]);
  });

  it("of hundreds of projects goes step by step, and a step that runs twice changes nothing", async () => {
    const { contactId } = north;
    await t.run(async (ctx) => {
      const { _id, _creationTime, ...project } = (await ctx.db.get("projects", north.projectId))!;
      for (let i = 0; i < 249; i++) {
        await ctx.db.insert("projects", { ...project, number: i + 100 });
      }
    });
    await merge();
    const progress = async () => (await t.run((ctx) => ctx.db.get("contacts", contactId)))?.merge;
    expect(await progress()).toMatchObject({ moved: 100, done: false });
    const again = {
      tenantId: north.tenantId,
      contactId,
      place: { step: 0, cursor: null },
    };
    await t.mutation(internal.contactLinks.continueMerge, again);
    expect(await progress()).toMatchObject({ moved: 200, done: false });
    await settle();
    expect(await progress()).toMatchObject({ moved: 251, done: true });
    const world = await worldOf(t, north.tenantId, TENANT_TABLES);
    await t.mutation(internal.contactLinks.continueMerge, again);
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(world);
    expect(await placesOf(contactId)).toEqual([]);
  });

  it("waits for one that still runs into the record that would go", async () => {
    await t.run(async (ctx) => {
      const { _id, _creationTime, ...project } = (await ctx.db.get("projects", north.projectId))!;
      for (let i = 0; i < 120; i++) await ctx.db.insert("projects", { ...project, number: i + 9 });
    });
    const third = await north.as.mutation(api.contacts.create, nobody);
    await merge();
    await expect(merge(north.duplicate.contactId, third)).rejects.toMatchObject({
      data: { code: "CONFLICT" },
    });
    await settle();
    await merge(north.duplicate.contactId, third);
    await settle();
    expect(await placesOf(north.contactId)).toEqual([]);
    expect(await placesOf(north.duplicate.contactId)).toEqual([]);
  });

  it.each<[string, (own: TestTenant) => Partial<Parameters<typeof send>[0]>, string]>([
    ["with itself", (own) => ({ mergeId: own.duplicate.contactId }), "INVALID"],
    ["of what changed since it was seen", () => ({ seen: { keep: 1, merge: 1 } }), "STALE"],
    ["with another company's", () => ({ mergeId: south.contactId }), "NOT_FOUND"],
  ])("%s is refused, and nothing changes", async (_name, change, code) => {
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    await expect(send(change(north))).rejects.toMatchObject({ data: { code } });
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
    expect(await placesOf(south.contactId)).toContain("projects.contactId");
  });

  it("cannot be asked for twice, and its record takes no new work", async () => {
    await merge();
    await expect(merge()).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    const { projectId, contactId } = north;
    const link = north.as.mutation(api.contactLinks.linkProject, { projectId, contactId });
    await expect(link).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    const restore = north.as.mutation(api.contacts.restore, { contactId });
    await expect(restore).rejects.toMatchObject({ data: { code: "CONFLICT" } });
  });
});

async function send(change: {
  mergeId?: Id<"contacts">;
  seen?: { keep: number; merge: number };
}): Promise<void> {
  const { contactId: keepId, seen } = north.duplicate;
  const swapped = { keep: seen.merge, merge: seen.keep };
  await north.as.mutation(api.contacts.merge, {
    ...{ keepId, mergeId: north.contactId, take: [], seen: swapped },
    ...change,
  });
}
