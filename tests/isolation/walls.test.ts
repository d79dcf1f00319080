import { ConvexError } from "convex/values";
import { describe, expect, it } from "vitest";
import type { Id } from "../../convex/_generated/dataModel.js";
import type { DatabaseWriter } from "../../convex/_generated/server.js";
import schema from "../../convex/schema.ts";
import { ownTenantPatch } from "../../convex/tenancy/ownTenant.ts";
import { scopedWriter, type ScopedWriter } from "../../convex/tenancy/scopedDb.ts";
import {
  isAppendOnly,
  CROSS_TENANT_INDEXES,
  isWalled,
  leadsWithTenantId,
  PLATFORM_TABLES,
  searchIndexesOf,
  TENANT_TABLES,
} from "../../convex/tenancy/tables.ts";
import type { TestTenant } from "../support/tenant.ts";
import { copyOf, rowOf, settled, twoTenants } from "./twoTenants.ts";

/** The first wall with the second one taken away, table by table. */

const world = twoTenants();
const { southUnchanged, recorded, deniedLine } = world;

/** Runs as north's function would, on the raw database underneath. */
function asNorth<Result>(run: (db: ScopedWriter, raw: DatabaseWriter) => Promise<Result>) {
  return world.asNorth(scopedWriter, run);
}

const notFound = (error: unknown) =>
  error instanceof ConvexError && (error.data as { code: string }).code === "NOT_FOUND";

describe.each(TENANT_TABLES)("the scoped database alone, on %s", (name) => {
  const table = name as "projects";
  const denied = (operation: string, rowId: string) => deniedLine(name, operation, rowId);

  it("gets its own row and not another tenant's", async () => {
    await asNorth(async (db, raw) => {
      const own = await rowOf(raw, table, world.north);
      const foreign = await rowOf(raw, table, world.south);
      expect(await db.get(table, own._id)).toEqual(own);
      expect(await db.get(table, foreign._id)).toBeNull();
      await expect(db.getX(table, foreign._id)).rejects.toSatisfy(notFound);
    });
  });

  it("records who reached for another tenant's row and how, and nothing of what it holds", async () => {
    const rowId = await asNorth(async (db, raw) => {
      const { _id } = await rowOf(raw, table, world.south);
      const value = copyOf(await rowOf(raw, table, world.north));
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
      await asNorth(async (db) => {
        const query = () => db.query(table).withIndex(index as "by_tenant_number");
        if (!leadsWithTenantId(name, index)) {
          expect(query).toThrow("does not lead with tenantId");
          return;
        }
        const rows = await query().collect();
        expect(rows.length).toBeGreaterThan(0);
        expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(
          new Set([world.north.tenantId]),
        );
        const page = await query().paginate({ numItems: 100, cursor: null });
        expect(page.page).toEqual(rows);
        expect((await query().first())?.tenantId).toBe(world.north.tenantId);
      });
    },
  );

  it.each(searchIndexesOf(name))(
    "finds by $indexDescriptor nothing but its own rows",
    async ({ indexDescriptor, searchField }) => {
      await asNorth(async (db, raw) => {
        const search = (words: string) =>
          db.search(table, indexDescriptor as "search_text", words).collect();
        const text = async (tenant: TestTenant) =>
          String((await rowOf(raw, table, tenant))[searchField as "name"]);
        const words = await text(world.north);
        expect((await search(words)).length, "signUp() leaves a row to find").toBeGreaterThan(0);
        for (const each of [words, await text(world.south)]) {
          for (const row of await search(each)) expect(row.tenantId).toBe(world.north.tenantId);
        }
        const forged = { tenantId: world.south.tenantId } as never;
        expect(() => db.search(table, indexDescriptor as "search_text", words, forged)).toThrow(
          "tenantId is stamped",
        );
      });
    },
  );

  it("takes no index for a search that is none", async () => {
    await asNorth(async (db) => {
      expect(() => db.search(table, "by_tenant" as never, "roof")).toThrow("is no search");
      return Promise.resolve();
    });
  });

  it("patches, replaces and deletes no row of another tenant", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        const { _id } = await rowOf(raw, table, world.south);
        const value = copyOf(await rowOf(raw, table, world.north));
        await expect(db.patch(table, _id, value)).rejects.toSatisfy(notFound);
        await expect(db.replace(table, _id, value)).rejects.toSatisfy(notFound);
        await expect(db.delete(table, _id)).rejects.toSatisfy(notFound);
      }),
    );
  });

  it("stamps what it inserts, and takes no tenantId from the caller", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        const row = await rowOf(raw, table, world.north);
        const insert = settled(() => db.insert(table, copyOf(row)));
        if (isWalled(name)) {
          expect(await insert).toMatchObject({ message: expect.stringContaining("wall of their") });
        } else {
          const id = (await insert) as Id<"projects">;
          expect((await raw.get(table, id))?.tenantId).toBe(world.north.tenantId);
        }
        const forged = { ...copyOf(row), tenantId: world.south.tenantId };
        await expect(db.insert(table, forged)).rejects.toThrow("tenantId is stamped");
      }),
    );
  });

  it("never moves a row into another tenant", async () => {
    await southUnchanged(() =>
      asNorth(async (db, raw) => {
        const row = await rowOf(raw, table, world.north);
        const moved = { tenantId: world.south.tenantId };
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
      asNorth(async (db, raw) => {
        const { _id } = await rowOf(raw, table, world.south);
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

describe.each(Object.keys(PLATFORM_TABLES))("the platform's table %s", (name) => {
  it("is closed to a tenant's function", async () => {
    await asNorth(async (db) => {
      expect(() => db.query(name as "projects").withIndex("by_tenant_number")).toThrow(
        "not a tenant's table",
      );
      expect(await settled(() => db.get(name as "projects", "x" as Id<"projects">))).toBeInstanceOf(
        Error,
      );
      expect(await settled(() => db.insert(name as "projects", {} as never))).toBeInstanceOf(Error);
    });
  });
});

describe.each(TENANT_TABLES.filter(isAppendOnly))("the append-only table %s", (name) => {
  it("keeps its rows as they were written, its own tenant's too", async () => {
    await asNorth(async (db, raw) => {
      const own = await rowOf(raw, name, world.north);
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
      world.t.run(async ({ db }) => {
        const patch = ownTenantPatch(db, world.north.tenantId);
        await patch({ name: "North Renamed" });
        const before = await db.get("tenants", world.north.tenantId);
        expect(before?.name).toBe("North Renamed");
        for (const change of [{ plan: "enterprise" }, { name: "x", trialEndsAt: 1 }, { _id: 1 }]) {
          await expect(patch(change as never)).rejects.toThrow(/may change only \w+, /);
        }
        expect(await db.get("tenants", world.north.tenantId)).toEqual(before);
      }),
    );
  });
});

describe("an index that does not exist", () => {
  it("is refused like one that crosses tenants", async () => {
    await asNorth(async (db) => {
      expect(() => db.query("projects").withIndex("nope" as "by_tenant_number")).toThrow(
        "does not lead with tenantId",
      );
    });
  });
});

describe("the list of cross-tenant indexes", () => {
  it("names only indexes that exist", () => {
    for (const name of Object.keys(CROSS_TENANT_INDEXES)) {
      const [table, index] = name.split(".") as ["members", string];
      const indexes = schema.tables[table][" indexes"]();
      expect(indexes.map(({ indexDescriptor }) => indexDescriptor)).toContain(index);
    }
  });
});
