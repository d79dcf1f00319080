import { makeFunctionReference } from "convex/server";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import schema from "../../convex/schema.ts";
import {
  ALL_TABLES,
  isWalled,
  leadsWithTenantId,
  TENANT_TABLES,
} from "../../convex/tenancy/tables.ts";
import { modules } from "../support/backend.ts";
import { argumentsOf } from "./arbitraryArguments.ts";
import { idsOf } from "./call.ts";
import { registeredFunctions } from "./functions.ts";
import { PROBE } from "./probe.ts";
import { copyOf, rowOf, settled, twoTenants } from "./twoTenants.ts";

/** Work in the background of one tenant, given another one's ids. */

const world = twoTenants(PROBE);
const { southUnchanged, recorded, deniedLine } = world;

// What a function schedules is looked at, not run.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
afterEach(() => void vi.useRealTimers());

const query = (name: string) => makeFunctionReference<"query">(`probe:${name}`);
const mutation = (name: string) => makeFunctionReference<"mutation">(`probe:${name}`);

/** Runs a function of the background for north. */
const readAsNorth = (name: string, args: object) =>
  world.t.query(query(name), { ...args, tenantId: world.north.tenantId });
const changeAsNorth = (args: object) =>
  world.t.mutation(mutation("change"), { ...args, tenantId: world.north.tenantId });

describe.each(TENANT_TABLES)("background work on %s", (table) => {
  it("reads its own tenant's rows and no others", async () => {
    const own = await world.t.run(({ db }) => rowOf(db, table, world.north));
    const foreign = await world.t.run(({ db }) => rowOf(db, table, world.south));
    expect(await readAsNorth("get", { table, id: own._id })).toEqual(own);
    expect(await readAsNorth("get", { table, id: foreign._id })).toBeNull();
    expect(recorded()).toEqual([deniedLine(table, "get", foreign._id)]);
    const indexes = schema.tables[table][" indexes"]().map((each) => each.indexDescriptor);
    for (const index of indexes.filter((each) => leadsWithTenantId(table, each))) {
      const rows: (typeof own)[] = await readAsNorth("list", { table, index });
      expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(
        new Set([world.north.tenantId]),
      );
    }
  });

  it.each(["patch", "replace", "delete"])(
    "is refused a %s of another tenant's row",
    async (operation) => {
      await southUnchanged(async () => {
        const value = copyOf(await world.t.run(({ db }) => rowOf(db, table, world.north)));
        const { _id: id } = await world.t.run(({ db }) => rowOf(db, table, world.south));
        await expect(changeAsNorth({ table, id, operation, value })).rejects.toMatchObject({
          data: { code: "NOT_FOUND" },
        });
        expect(recorded()).toEqual([deniedLine(table, operation, id)]);
      });
    },
  );

  it("writes rows of its own tenant only", async () => {
    await southUnchanged(async () => {
      const value = copyOf(await world.t.run(({ db }) => rowOf(db, table, world.north)));
      const insert = (each: object) =>
        changeAsNorth({ table, id: "", operation: "insert", value: each });
      if (!isWalled(table)) {
        const id = await insert(value);
        const stored = await world.t.run(({ db }) => db.get(table as "projects", id));
        expect(stored).toMatchObject({ ...value, tenantId: world.north.tenantId });
      }
      const forged = { ...value, tenantId: world.south.tenantId };
      await expect(insert(forged)).rejects.toThrow("tenantId is stamped");
    });
  });
});

describe("the tenant of background work", () => {
  it("must be named, and must exist", async () => {
    const { tenantId } = world.north;
    await expect(world.t.mutation(mutation("renameTenant"), { name: "x" })).rejects.toThrow(
      /Missing|required|tenantId/,
    );
    await world.t.run(({ db }) => db.delete("tenants", tenantId));
    for (const call of [
      () => world.t.query(query("ofBackgroundQuery"), { tenantId }),
      () => world.t.mutation(mutation("ofBackgroundMutation"), { tenantId }),
    ]) {
      await expect(call()).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
    }
  });

  it("is the one whose own row it changes", async () => {
    await southUnchanged(() =>
      world.t.mutation(mutation("renameTenant"), {
        tenantId: world.north.tenantId,
        name: "North Renamed",
      }),
    );
    const north = await world.t.run(({ db }) => db.get("tenants", world.north.tenantId));
    expect(north?.name).toBe("North Renamed");
  });
});

/** Every internal function that is run for a tenant; a new one is found by itself. */
const internal = (await registeredFunctions({ ...modules, ...PROBE })).filter(
  ({ visibility, kind, idArguments }) =>
    visibility === "internal" &&
    (kind === "query" || kind === "mutation") &&
    idArguments.some(({ path, table }) => path === "tenantId" && table === "tenants"),
);

describe.each(internal)("the internal function $path, run for north", { timeout: 60_000 }, (fn) => {
  it("tells and changes nothing of south, whichever of its ids it is given", async () => {
    const ids = new Map<string, string[]>();
    for (const table of ALL_TABLES)
      ids.set(table, await idsOf(world.t, table, world.south.tenantId));
    const foreign = (table: string) => {
      const found = ids.get(table) ?? [];
      return found.length > 0 ? found : [world.south.tenantId];
    };
    await southUnchanged(() =>
      fc.assert(
        fc.asyncProperty(argumentsOf(fn.args!, foreign, TENANT_TABLES), async (args) => {
          const forNorth = { ...args, tenantId: world.north.tenantId };
          const answer = await settled(() =>
            fn.kind === "query"
              ? world.t.query(makeFunctionReference<"query">(fn.path), forNorth)
              : world.t.mutation(makeFunctionReference<"mutation">(fn.path), forNorth),
          );
          expect(answer instanceof Error ? "" : (JSON.stringify(answer) ?? "")).not.toMatch(
            /south/i,
          );
        }),
        { numRuns: 25 },
      ),
    );
  });
});
