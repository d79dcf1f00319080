import { describe, expect, it } from "vitest";
import type { Id } from "../../convex/_generated/dataModel.js";
import type { DatabaseWriter } from "../../convex/_generated/server.js";
import {
  platformReader,
  platformWriter,
  tenantWriter,
  type TenantScope,
} from "../../convex/tenancy/rules.ts";
import {
  ALL_TABLES,
  isAppendOnly,
  isPlatformTable,
  PLATFORM_TABLES,
  TENANT_TABLES,
} from "../../convex/tenancy/tables.ts";
import { copyOf, rowOf, settled, twoTenants } from "./twoTenants.ts";

/** The second wall with the first one taken away, table by table. */

const world = twoTenants();
const { southUnchanged, recorded, deniedLine } = world;

/** Runs as north's function would if it got the database of the second wall. */
function asNorth<Result>(run: (db: DatabaseWriter, raw: DatabaseWriter) => Promise<Result>) {
  const wall = (db: DatabaseWriter, scope: TenantScope) => withAnyTable(tenantWriter(db, scope));
  return world.asNorth(wall, run);
}

/** The types already refuse much of what is tried here. */
function withAnyTable(db: unknown): DatabaseWriter {
  return db as DatabaseWriter;
}

describe.each(TENANT_TABLES)("row-level security alone, on %s", (name) => {
  const table = name as "projects";
  const denied = (operation: string, rowId: string | null) => deniedLine(name, operation, rowId);

  it("hides another tenant's rows from get and from a query over everything", async () => {
    await asNorth(async (db, raw) => {
      const own = await rowOf(raw, table, world.north);
      const foreign = await rowOf(raw, table, world.south);
      expect(await db.get(table, own._id)).toEqual(own);
      expect(await db.get(table, foreign._id)).toBeNull();
      const rows = await db.query(table).collect();
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(
        new Set([world.north.tenantId]),
      );
    });
  });

  it("changes and deletes none of them, and answers as for a row that is not there", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        const { _id: foreign } = await rowOf(raw, table, world.south);
        const value = {
          ...copyOf(await rowOf(raw, table, world.north)),
          tenantId: world.north.tenantId,
        };
        const removed = await raw.insert(table, value);
        await raw.delete(table, removed);
        for (const call of [
          (id: Id<"projects">) => db.patch(table, id, value),
          (id: Id<"projects">) => db.replace(table, id, value),
          (id: Id<"projects">) => db.delete(table, id),
        ]) {
          const unknown = await settled(() => call(removed));
          expect(unknown).toBeInstanceOf(Error);
          expect(await settled(() => call(foreign))).toEqual(unknown);
        }
      }),
    );
  });

  it("refuses every call without the table's name", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        for (const tenant of [world.north, world.south]) {
          const row = await rowOf(raw, table, tenant);
          for (const call of [
            () => db.get(row._id),
            () => db.patch(row._id, copyOf(row)),
            () => db.replace(row._id, { ...copyOf(row), tenantId: world.north.tenantId }),
            () => db.delete(row._id),
          ]) {
            await expect(call()).rejects.toThrow("name the table first");
          }
          expect(await raw.get(table, row._id)).toEqual(row);
        }
      }),
    );
  });

  it("lets no row change hands", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        const row = await rowOf(raw, table, world.north);
        for (const tenantId of [world.south.tenantId, undefined as never]) {
          await expect(db.patch(table, row._id, { tenantId })).rejects.toThrow("no such row");
          const moved = { ...copyOf(row), tenantId };
          await expect(db.replace(table, row._id, moved)).rejects.toThrow("no such row");
        }
        expect(await raw.get(table, row._id)).toEqual(row);
      }),
    );
  });

  it("inserts nothing that is stamped with another tenant", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        const row = {
          ...copyOf(await rowOf(raw, table, world.north)),
          tenantId: world.south.tenantId,
        };
        await expect(db.insert(table, row)).rejects.toThrow("no such row");
      }),
    );
  });

  it("takes inserts, patches, replacements and removals of its own rows", async () => {
    await asNorth(async (db, raw) => {
      const { _id, _creationTime, ...row } = await rowOf(raw, table, world.north);
      const id = await db.insert(table, row);
      await db.patch(table, id, row);
      await db.replace(table, id, row);
      expect(await raw.get(table, id)).toMatchObject(row);
      await db.delete(table, id);
      expect(await raw.get(table, id)).toBeNull();
    });
    expect(recorded()).toEqual([]);
  });

  it("records what it denied, and how the row was reached for", async () => {
    const rowId = await asNorth(async (db, raw) => {
      const { _id } = await rowOf(raw, table, world.south);
      const value = {
        ...copyOf(await rowOf(raw, table, world.north)),
        tenantId: world.south.tenantId,
      };
      await db.get(table, _id);
      await db
        .query(table)
        .filter((q) => q.eq(q.field("_id"), _id))
        .collect();
      await settled(() => db.insert(table, value));
      await settled(() => db.patch(table, _id, {}));
      await settled(() => db.replace(table, _id, value));
      await settled(() => db.delete(table, _id));
      return _id;
    });
    expect(recorded()).toEqual([
      denied("get", rowId),
      denied("query", rowId),
      denied("insert", null),
      denied("patch", rowId),
      denied("replace", rowId),
      denied("delete", rowId),
    ]);
  });

  it("records a row that was to change hands", async () => {
    const rowId = await asNorth(async (db, raw) => {
      const row = await rowOf(raw, table, world.north);
      const moved = { ...copyOf(row), tenantId: world.south.tenantId };
      await settled(() => db.patch(table, row._id, moved));
      await settled(() => db.replace(table, row._id, moved));
      return row._id;
    });
    expect(recorded()).toEqual([denied("patch", rowId), denied("replace", rowId)]);
  });
});

describe.each(Object.keys(PLATFORM_TABLES))("the platform's table %s", (name) => {
  it("is closed to a tenant's function", async () => {
    await asNorth(async (db, raw) => {
      await refusesTable(db, name, await rowOf(raw, "projects", world.north));
    });
  });

  it("is open to the platform's own functions", async () => {
    await world.t.run(async ({ db }) => {
      const rows = await db.query(name as "tenants").collect();
      for (const platform of [platformReader(db), platformWriter(db)]) {
        expect(await platform.query(name as "tenants").collect()).toEqual(rows);
      }
    });
  });
});

describe("the platform's database", () => {
  it("reads and writes platform tables", async () => {
    await world.t.run(async ({ db }) => {
      const row = (await db.query("tenants").first())!;
      const { _id, _creationTime, ...value } = row;
      const platform = platformWriter(db);
      expect(await platform.get("tenants", _id)).toEqual(row);
      expect(platform.normalizeId("tenants", _id)).toBe(_id);
      const id = await platform.insert("tenants", value);
      await platform.patch("tenants", id, { name: "Patched" });
      expect(await db.get("tenants", id)).toMatchObject({ ...value, name: "Patched" });
      await platform.replace("tenants", id, value);
      expect(await db.get("tenants", id)).toMatchObject(value);
      await platform.delete("tenants", id);
      expect(await db.get("tenants", id)).toBeNull();
    });
  });

  it.each(ALL_TABLES.filter(isPlatformTable).filter(isAppendOnly))(
    "keeps the rows of %s as they were written",
    async (table) => {
      await world.t.run(async ({ db }) => {
        const id = "x" as Id<typeof table>;
        const platform = platformWriter(db);
        for (const call of [
          () => platform.patch(table, id, {}),
          () => platform.replace(table, id, {} as never),
          () => platform.delete(table, id),
        ]) {
          await expect(call()).rejects.toThrow("never changed or deleted");
        }
      });
    },
  );

  it.each(TENANT_TABLES)("is closed on %s", async (name) => {
    await southUnchanged(() =>
      world.t.run(async ({ db }) => {
        const row = await rowOf(db, name, world.south);
        await refusesTable(withAnyTable(platformWriter(db)), name, row);
      }),
    );
  });
});

describe("a table that is not in the schema", () => {
  it.each(["_storage", "_scheduled_functions", "nope", "__proto__", "toString"])(
    "is refused by row-level security: %s",
    async (name) => {
      await asNorth(async (db, raw) => {
        await refusesTable(db, name, await rowOf(raw, "projects", world.north));
        await refusesTable(
          withAnyTable(platformWriter(raw)),
          name,
          await rowOf(raw, "projects", world.north),
        );
      });
    },
  );
});

describe("what row-level security leaves of Convex's database", () => {
  it("is rows of named tables: no system tables, no placeholders, no raw query under a query", async () => {
    await asNorth(async (db) => {
      expect(Object.keys(db).sort()).toEqual(
        ["delete", "get", "insert", "normalizeId", "patch", "query", "replace"].sort(),
      );
      expect(Reflect.ownKeys(db.query("projects"))).toEqual([]);
    });
  });
});

/** No way into this table, by whatever method. */
async function refusesTable(db: DatabaseWriter, name: string, row: { _id: string }) {
  const table = name as "projects";
  const id = row._id as Id<"projects">;
  for (const call of [
    () => db.get(table, id),
    () => db.normalizeId(table, id),
    () => db.query(table),
    () => db.insert(table, row as never),
    () => db.patch(table, id, {}),
    () => db.replace(table, id, row as never),
    () => db.delete(table, id),
  ]) {
    expect(await settled(call)).toMatchObject({
      message: expect.stringContaining("not open here"),
    });
  }
}
