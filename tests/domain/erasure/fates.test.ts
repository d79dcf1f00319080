import { describe, expect, it } from "vitest";
import schema from "../../../convex/schema.ts";
import { ERASURE_FATES, PLATFORM_RANGES } from "../../../convex/tenancy/erasure/platformRows.ts";
import { ACCOUNT_TABLES, ERASED_TABLES } from "../../../convex/tenancy/erasure/rows.ts";
import { ALL_TABLES, isPlatformTable, TENANT_TABLES } from "../../../convex/tenancy/tables.ts";

/** Generated from the schema: whatever a table is, an erasure knows what becomes of it. */

const platformTables = ALL_TABLES.filter(isPlatformTable);

it("erases every table that the schema gives a tenant, each once", () => {
  expect([...ERASED_TABLES, ...ACCOUNT_TABLES].sort()).toEqual([...TENANT_TABLES].sort());
});

it("has a fate, with the reason, for every platform table and for no other", () => {
  expect(Object.keys(ERASURE_FATES).sort()).toEqual([...platformTables].sort());
  for (const { why } of Object.values(ERASURE_FATES)) expect(why.length).toBeGreaterThan(20);
});

describe.each(platformTables)("%s", (table) => {
  type Field = { kind: string; tableName?: string };
  const fields = Object.entries(schema.tables[table].validator.fields as Record<string, Field>);
  const naming = fields.filter(
    ([, { kind, tableName }]) => kind === "id" && tableName === "tenants",
  );

  it("is reached by every field that names a tenant", () => {
    const reached = PLATFORM_RANGES.filter((range) => range.table === table);
    expect(
      naming.map(([name]) => name).sort(),
      "add a range to PLATFORM_RANGES of tenancy/erasure/platformRows.ts",
    ).toEqual(reached.map(({ field }) => field).sort());
  });

  it("is untouched only if no field names a tenant", () => {
    if (naming.length > 0) expect(ERASURE_FATES[table].fate).not.toBe("untouched");
  });
});
