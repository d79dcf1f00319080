import { ConvexError } from "convex/values";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import type { DatabaseWriter } from "../../convex/_generated/server.js";
import schema from "../../convex/schema.ts";
import { ownTenantPatch } from "../../convex/tenancy/ownTenant.ts";
import { platformDb } from "../../convex/tenancy/platformDb.ts";
import { tenantWriter } from "../../convex/tenancy/rules.ts";
import { scopedWriter, type ScopedWriter } from "../../convex/tenancy/scopedDb.ts";
import {
  APPEND_ONLY_TABLES,
  CROSS_TENANT_INDEXES,
  leadsWithTenantId,
  PLATFORM_TABLES,
  TENANT_TABLES,
} from "../../convex/tenancy/tables.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

/** Each wall with the other one taken away, table by table. */

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let warnings: MockInstance<typeof console.warn>;

beforeEach(async () => {
  warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  warnings.mockClear();
});
afterEach(() => vi.restoreAllMocks());

type AnyRow = Doc<"projects">;

/** Runs as north's function would; `table` is treated as projects, since tables differ per test. */
async function asNorth<Result>(
  wall: "scoped" | "rules",
  run: (db: ScopedWriter & DatabaseWriter, raw: DatabaseWriter) => Promise<Result>,
): Promise<Result> {
  return await t.run(async ({ db }) => {
    const scope = { tenantId: north.tenantId, memberId: null };
    const walled = wall === "scoped" ? scopedWriter(db, scope) : tenantWriter(db, scope);
    return await run(walled as ScopedWriter & DatabaseWriter, db);
  });
}

async function rowOf(raw: DatabaseWriter, table: string, tenant: TestTenant): Promise<AnyRow> {
  const rows = await raw.query(table as "projects").collect();
  const row = rows.find(({ tenantId }) => tenantId === tenant.tenantId);
  if (!row) throw new Error(`signUp() of tests/support/tenant.ts leaves no row in "${table}"`);
  return row;
}

function copyOf({ _id, _creationTime, tenantId, ...fields }: AnyRow) {
  return fields;
}

/** The world of south is, to the byte, what it was before. */
async function southUnchanged(attack: () => Promise<unknown>): Promise<void> {
  const before = await worldOf(t, south.tenantId, TENANT_TABLES);
  await attack();
  expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
}

const notFound = (error: unknown) =>
  error instanceof ConvexError && (error.data as { code: string }).code === "NOT_FOUND";

/** The security lines that were logged, in order. */
function recorded(): unknown[] {
  return warnings.mock.calls.map(([line]) => JSON.parse(line as string) as unknown);
}

function deniedLine(table: string, operation: string, rowId: string | null) {
  return {
    sunup: "security",
    type: "crossTenantAccess",
    operation,
    table,
    rowId,
    tenantId: north.tenantId,
    memberId: null,
  };
}

describe.each(TENANT_TABLES)("the scoped database alone, on %s", (name) => {
  const table = name as "projects";
  const denied = (operation: string, rowId: string) => deniedLine(name, operation, rowId);

  it("gets its own row and not another tenant's", async () => {
    await asNorth("scoped", async (db, raw) => {
      const own = await rowOf(raw, table, north);
      const foreign = await rowOf(raw, table, south);
      expect(await db.get(table, own._id)).toEqual(own);
      expect(await db.get(table, foreign._id)).toBeNull();
      await expect(db.getX(table, foreign._id)).rejects.toSatisfy(notFound);
    });
  });

  it("records who reached for another tenant's row and how, and nothing of what it holds", async () => {
    const rowId = await asNorth("scoped", async (db, raw) => {
      const { _id } = await rowOf(raw, table, south);
      const value = copyOf(await rowOf(raw, table, north));
      await db.get(table, _id);
      await settled(() => db.getX(table, _id));
      await settled(() => db.patch(table, _id, value));
      await settled(() => db.replace(table, _id, value));
      await settled(() => db.delete(table, _id));
      return _id;
    });
    expect(recorded()).toEqual(
      ["get", "get", "patch", "replace", "delete"].map((operation) => denied(operation, rowId)),
    );
  });

  it.each(schema.tables[name][" indexes"]().map((index) => index.indexDescriptor))(
    "lists by %s nothing but its own rows, or refuses the index",
    async (index) => {
      await asNorth("scoped", async (db) => {
        const query = () => db.query(table).withIndex(index as "by_tenant_number");
        if (!leadsWithTenantId(name, index)) {
          expect(query).toThrow("does not lead with tenantId");
          return;
        }
        const rows = await query().collect();
        expect(rows.length).toBeGreaterThan(0);
        expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(new Set([north.tenantId]));
        const page = await query().paginate({ numItems: 100, cursor: null });
        expect(page.page).toEqual(rows);
        expect((await query().first())?.tenantId).toBe(north.tenantId);
      });
    },
  );

  it("patches, replaces and deletes no row of another tenant", async () => {
    await southUnchanged(() =>
      asNorth("scoped", async (db, raw) => {
        const { _id } = await rowOf(raw, table, south);
        const value = copyOf(await rowOf(raw, table, north));
        await expect(db.patch(table, _id, value)).rejects.toSatisfy(notFound);
        await expect(db.replace(table, _id, value)).rejects.toSatisfy(notFound);
        await expect(db.delete(table, _id)).rejects.toSatisfy(notFound);
      }),
    );
  });

  it("stamps what it inserts, and takes no tenantId from the caller", async () => {
    await southUnchanged(() =>
      asNorth("scoped", async (db, raw) => {
        const row = await rowOf(raw, table, north);
        const id = await db.insert(table, copyOf(row));
        expect((await raw.get(table, id))?.tenantId).toBe(north.tenantId);
        const forged = { ...copyOf(row), tenantId: south.tenantId };
        await expect(db.insert(table, forged)).rejects.toThrow("tenantId is stamped");
      }),
    );
  });

  it("never moves a row into another tenant", async () => {
    await southUnchanged(() =>
      asNorth("scoped", async (db, raw) => {
        const row = await rowOf(raw, table, north);
        const moved = { tenantId: south.tenantId };
        await expect(db.patch(table, row._id, moved as never)).rejects.toThrow(
          "tenantId is stamped",
        );
        await expect(db.replace(table, row._id, { ...copyOf(row), ...moved })).rejects.toThrow(
          "tenantId is stamped",
        );
        expect(await raw.get(table, row._id)).toEqual(row);
      }),
    );
  });

  it("refuses the forms without a table name", async () => {
    await southUnchanged(() =>
      asNorth("scoped", async (db, raw) => {
        const { _id } = await rowOf(raw, table, south);
        const tableless = db as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
        expect(await settled(() => tableless.get!(_id))).not.toMatchObject({
          name: expect.anything(),
        });
        for (const call of [
          () => tableless.patch!(_id, { name: "taken" }),
          () => tableless.replace!(_id, { name: "taken" }),
          () => tableless.delete!(_id),
        ]) {
          expect(await settled(call)).toBeInstanceOf(Error);
        }
      }),
    );
  });
});

describe.each(TENANT_TABLES)("row-level security alone, on %s", (name) => {
  const table = name as "projects";
  const denied = (operation: string, rowId: string | null) => deniedLine(name, operation, rowId);

  it("hides another tenant's rows from get and from a query over everything", async () => {
    await asNorth("rules", async (db, raw) => {
      const foreign = await rowOf(raw, table, south);
      expect(await db.get(table, foreign._id)).toBeNull();
      const everything: DatabaseWriter = db;
      const rows = await everything.query(table).collect();
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(new Set([north.tenantId]));
    });
  });

  it("changes and deletes none of them, with or without the table's name", async () => {
    await southUnchanged(() =>
      asNorth("rules", async (db, raw) => {
        const { _id } = await rowOf(raw, table, south);
        const value = { ...copyOf(await rowOf(raw, table, north)), tenantId: north.tenantId };
        const writer: DatabaseWriter = db;
        for (const call of [
          () => writer.patch(table, _id, value),
          () => writer.replace(table, _id, value),
          () => writer.delete(table, _id),
          () => writer.patch(_id, value),
          () => writer.replace(_id, value),
          () => writer.delete(_id),
        ]) {
          expect(await settled(call)).toBeInstanceOf(Error);
        }
        expect(await writer.get(_id)).toBeNull();
      }),
    );
  });

  it("records what it denied", async () => {
    const rowId = await asNorth("rules", async (db, raw) => {
      const foreign = await rowOf(raw, table, south);
      const writer: DatabaseWriter = db;
      await writer.get(table, foreign._id);
      await settled(() => writer.insert(table, { ...copyOf(foreign), tenantId: south.tenantId }));
      return foreign._id;
    });
    expect(recorded()).toEqual([denied("get", rowId), denied("insert", null)]);
  });

  it("inserts nothing that is stamped with another tenant", async () => {
    await southUnchanged(() =>
      asNorth("rules", async (db, raw) => {
        const row = copyOf(await rowOf(raw, table, north));
        const writer: DatabaseWriter = db;
        await expect(writer.insert(table, { ...row, tenantId: south.tenantId })).rejects.toThrow();
      }),
    );
  });
});

describe.each(Object.keys(PLATFORM_TABLES))("the platform's table %s", (name) => {
  it("is closed to a tenant's function behind either wall", async () => {
    await asNorth("scoped", async (db) => {
      expect(() => db.query(name as "projects").withIndex("by_tenant_number")).toThrow(
        "not a tenant's table",
      );
      expect(await settled(() => db.get(name as "projects", "x" as Id<"projects">))).toBeInstanceOf(
        Error,
      );
      expect(await settled(() => db.insert(name as "projects", {} as never))).toBeInstanceOf(Error);
    });
    await asNorth("rules", async (db) => {
      expect(await db.query(name as "tenants").collect()).toEqual([]);
      expect(
        await settled(() => (db as DatabaseWriter).insert(name as "tenants", {} as never)),
      ).toBeInstanceOf(Error);
    });
  });
});

describe.each(Object.keys(APPEND_ONLY_TABLES))("the append-only table %s", (name) => {
  it("keeps its rows as they were written, its own tenant's too", async () => {
    await asNorth("scoped", async (db, raw) => {
      const own = await rowOf(raw, name, north);
      const table = name as "projects";
      for (const call of [
        () => db.patch(table, own._id, {}),
        () => db.replace(table, own._id, copyOf(own)),
        () => db.delete(table, own._id),
      ]) {
        await expect(call()).rejects.toThrow("never changed or deleted");
      }
      expect(await raw.get(table, own._id)).toEqual(own);
    });
  });
});

describe("the company's own row", () => {
  it("takes the fields of the list and no others, and is never another company's", async () => {
    await southUnchanged(() =>
      t.run(async ({ db }) => {
        const patch = ownTenantPatch(db, north.tenantId);
        await patch({ name: "North Renamed" });
        const before = await db.get("tenants", north.tenantId);
        expect(before?.name).toBe("North Renamed");
        for (const change of [{ plan: "enterprise" }, { name: "x", trialEndsAt: 1 }, { _id: 1 }]) {
          await expect(patch(change as never)).rejects.toThrow("may change only");
        }
        expect(await db.get("tenants", north.tenantId)).toEqual(before);
      }),
    );
  });
});

describe("an index that does not exist", () => {
  it("is refused like one that crosses tenants", async () => {
    await asNorth("scoped", async (db) => {
      expect(() => db.query("projects").withIndex("nope" as "by_tenant_number")).toThrow(
        "does not lead with tenantId",
      );
    });
  });
});

describe("the platform's database", () => {
  it.each(TENANT_TABLES)("answers and takes nothing of %s", async (name) => {
    await southUnchanged(() =>
      t.run(async ({ db }) => {
        const { _id } = await rowOf(db, name, south);
        const platform = platformDb(db) as unknown as DatabaseWriter;
        expect(await platform.query(name).collect()).toEqual([]);
        expect(await platform.get(name as "projects", _id)).toBeNull();
        expect(await settled(() => platform.delete(name as "projects", _id))).toBeInstanceOf(Error);
        expect(
          await settled(() => platform.insert(name as "projects", {} as never)),
        ).toBeInstanceOf(Error);
      }),
    );
  });

  it("keeps the reasons for cross-tenant indexes to existing ones", () => {
    for (const name of Object.keys(CROSS_TENANT_INDEXES)) {
      const [table, index] = name.split(".") as ["members", string];
      const indexes = schema.tables[table][" indexes"]();
      expect(indexes.map(({ indexDescriptor }) => indexDescriptor)).toContain(index);
    }
  });
});

/** What a call answers or throws, whether it throws at once or later. */
async function settled(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}
