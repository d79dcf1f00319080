import { describe, expect, it } from "vitest";
import schema from "../../convex/schema.ts";
import {
  ALL_TABLES,
  CROSS_TENANT_INDEXES,
  isPlatformTable,
  leadsWithTenantId,
  PLATFORM_TABLES,
  scopedSearchField,
  searchIndexesOf,
  TENANT_TABLES,
} from "../../convex/tenancy/tables.ts";

describe("the schema", () => {
  it("has every table on exactly one side: a tenant's or the platform's", () => {
    expect(TENANT_TABLES.length + Object.keys(PLATFORM_TABLES).length).toBe(ALL_TABLES.length);
    for (const table of Object.keys(PLATFORM_TABLES)) expect(ALL_TABLES).toContain(table);
  });

  it.each(TENANT_TABLES)("%s carries tenantId, required and of the table tenants", (table) => {
    const fields = schema.tables[table].validator.fields as Record<string, unknown>;
    expect(
      fields.tenantId,
      `add tenantId: v.id("tenants") to "${table}", or put it on PLATFORM_TABLES with the reason`,
    ).toMatchObject({ kind: "id", tableName: "tenants", isOptional: "required" });
  });

  it.each(ALL_TABLES.filter(isPlatformTable))("%s, a platform table, carries none", (table) => {
    expect(schema.tables[table].validator.fields).not.toHaveProperty("tenantId");
  });

  it.each(
    TENANT_TABLES.flatMap((table) =>
      schema.tables[table][" indexes"]().map(({ indexDescriptor }) => [table, indexDescriptor]),
    ),
  )("%s.%s leads with tenantId or says why not", (table, index) => {
    const listed = Object.hasOwn(CROSS_TENANT_INDEXES, `${table}.${index}`);
    expect(
      leadsWithTenantId(table as (typeof TENANT_TABLES)[number], index!) !== listed,
      `let "${table}.${index}" lead with tenantId, or put it on CROSS_TENANT_INDEXES with the reason`,
    ).toBe(true);
  });

  it("has search indexes of tenants' tables only with tenantId to filter by", () => {
    const loose = TENANT_TABLES.flatMap((table) =>
      searchIndexesOf(table)
        .filter(({ indexDescriptor }) => scopedSearchField(table, indexDescriptor) === null)
        .map(({ indexDescriptor }) => `${table}.${indexDescriptor}`),
    );
    expect(loose, "add tenantId to their filterFields").toEqual([]);
  });

  it.each(Object.entries({ ...PLATFORM_TABLES, ...CROSS_TENANT_INDEXES }))(
    "the exception %s has a reason",
    (_name, reason) => {
      expect(reason.length).toBeGreaterThan(20);
    },
  );
});
