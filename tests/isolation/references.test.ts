import { ConvexError, type GenericId, v } from "convex/values";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { Doc } from "../../convex/_generated/dataModel.js";
import schema from "../../convex/schema.ts";
import { referencesIn, referencesOf } from "../../convex/tenancy/references.ts";
import { scopedWriter } from "../../convex/tenancy/scopedDb.ts";
import {
  isAppendOnly,
  isTenantTable,
  isWalled,
  TENANT_TABLES,
} from "../../convex/tenancy/tables.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

/** No row may refer across tenants. */

describe("referencesOf", () => {
  it("finds ids in objects, arrays, records and unions, at any depth", () => {
    const type = v.object({
      direct: v.id("a"),
      absent: v.optional(v.id("a")),
      list: v.array(v.object({ inner: v.id("b") })),
      byName: v.record(v.string(), v.id("c")),
      byId: v.record(v.id("d"), v.number()),
      either: v.union(v.null(), v.id("e"), v.object({ deep: v.array(v.id("f")) })),
      plain: v.string(),
    });
    const found = referencesOf(type, {
      direct: "1",
      list: [{ inner: "2" }, { inner: "3" }],
      byName: { x: "4" },
      byId: { "5": 1 },
      either: { deep: ["6"] },
      plain: "7",
    });
    expect(found.map(({ path, table, id }) => `${path} ${table} ${id}`)).toEqual([
      "direct a 1",
      "list[0].inner b 2",
      "list[1].inner b 3",
      "byName.x c 4",
      "byId.5 d 5",
      "either.deep[0] f 6",
    ]);
  });

  it("passes over what does not fit the type", () => {
    const type = v.object({
      id: v.id("a"),
      list: v.array(v.id("a")),
      map: v.record(v.string(), v.id("a")),
    });
    for (const value of [
      null,
      "x",
      1,
      [],
      { id: 1, list: "x", map: "xy" },
      { id: null, list: null, map: null },
      { other: "1" },
      { __proto__: { id: "1" } },
    ]) {
      expect(referencesOf(type, value)).toEqual([]);
    }
  });
});

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
afterEach(() => vi.restoreAllMocks());

/** Every field of every table that a tenant's function writes and that refers to a tenant's table, read from the schema. */
const REFERRING = TENANT_TABLES.filter((table) => !isWalled(table)).flatMap((table) =>
  Object.entries(schema.tables[table].validator.fields)
    .filter(([name]) => name !== "tenantId")
    .flatMap(([name, field]) => {
      const [reference] = referencesOf(field, "some id");
      return reference && isTenantTable(reference.table)
        ? [{ table, field: name, target: reference.table }]
        : [];
    }),
);

it("the schema has fields that refer, so that the next tests test something", () => {
  expect(REFERRING.map(({ table, field }) => `${table}.${field}`)).toEqual(
    expect.arrayContaining(["projects.stageId", "projects.createdBy"]),
  );
});

describe.each(REFERRING)("$table.$field", ({ table: name, field, target }) => {
  const table = name as "projects";
  it("takes a row of its own tenant and of no other, on insert, patch and replace", async () => {
    const before = await worldOf(t, south.tenantId, TENANT_TABLES);
    await t.run(async ({ db }) => {
      const rows = (await db.query(target as "projects").collect()) as Doc<"projects">[];
      const own = rows.find(({ tenantId }) => tenantId === north.tenantId)!;
      const foreign = rows.find(({ tenantId }) => tenantId === south.tenantId)!;
      const all = await db.query(table).collect();
      const row = all.find(({ tenantId }) => tenantId === north.tenantId)!;
      const { _id, _creationTime, tenantId, ...copy } = row;
      const scoped = scopedWriter(db, { tenantId, memberId: null });

      const withReference = (id: GenericId<string>) => ({ ...copy, [field]: id }) as typeof copy;
      await db.delete(table, await scoped.insert(table, withReference(own._id)));
      const insert = () => scoped.insert(table, withReference(foreign._id));
      const patch = () => scoped.patch(table, _id, { [field]: foreign._id });
      const replace = () => scoped.replace(table, _id, withReference(foreign._id));
      const attacks = isAppendOnly(name) ? { insert } : { insert, patch, replace };
      for (const refer of Object.values(attacks)) {
        await expect(refer()).rejects.toSatisfy(
          (error) => error instanceof ConvexError && error.data.code === "NOT_FOUND",
        );
      }
      expect(await db.get(table, _id)).toEqual(row);
      const lines = warnings.mock.calls.map(([line]) => JSON.parse(line as string) as unknown);
      expect(lines).toMatchObject(
        Object.keys(attacks).map((operation) => ({
          operation,
          table: target,
          rowId: foreign._id,
        })),
      );
    });
    expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
  });
});

it("every row that sign-up and a project leave refers inside its own tenant", async () => {
  await t.run(async ({ db }) => {
    let checked = 0;
    for (const table of TENANT_TABLES) {
      for (const row of await db.query(table as "projects").collect()) {
        for (const reference of referencesIn(table, row)) {
          if (["tenants", "_storage"].includes(reference.table)) continue;
          const target = await db.get(reference.table as "projects", reference.id as never);
          expect(target?.tenantId, `${table}.${reference.path}`).toBe(row.tenantId);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThanOrEqual(4);
  });
});
