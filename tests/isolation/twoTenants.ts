import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";
import type { Doc } from "../../convex/_generated/dataModel.js";
import type { DatabaseWriter } from "../../convex/_generated/server.js";
import type { TenantScope } from "../../convex/tenancy/rules.ts";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { type Backend, backend, type modules } from "../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

/** Rows are treated as projects' rows, since the table differs per test. */
export type AnyRow = Doc<"projects">;

/** Two companies on one deployment, made anew for each test of the file, and what was recorded. */
export function twoTenants(added?: typeof modules) {
  let t: Backend;
  let north: TestTenant;
  let south: TestTenant;
  let warnings: MockInstance<typeof console.warn>;

  beforeEach(async () => {
    warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
    t = backend({}, added);
    north = await signUp(t, "north");
    south = await signUp(t, "south");
    warnings.mockClear();
  });
  afterEach(() => vi.restoreAllMocks());

  return {
    get t() {
      return t;
    },
    get north() {
      return north;
    },
    get south() {
      return south;
    },

    /** Runs with north's database behind one wall, and with the raw one to look at. */
    async asNorth<Walled, Result>(
      wall: (db: DatabaseWriter, scope: TenantScope) => Walled,
      run: (db: Walled, raw: DatabaseWriter) => Promise<Result>,
    ): Promise<Result> {
      return await t.run(async ({ db }) =>
        run(wall(db, { tenantId: north.tenantId, memberId: null }), db),
      );
    },

    /** The world of south is, to the byte, what it was before. */
    async southUnchanged(attack: () => Promise<unknown>): Promise<void> {
      const before = await worldOf(t, south.tenantId, TENANT_TABLES);
      await attack();
      expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
    },

    /** The security lines that were logged, in order. */
    recorded(): unknown[] {
      return warnings.mock.calls.map(([line]) => JSON.parse(line as string) as unknown);
    },

    /** The line that says: north reached for this row. */
    deniedLine(table: string, operation: string, rowId: string | null) {
      return {
        sunup: "security",
        type: "crossTenantAccess",
        operation,
        table,
        rowId,
        attemptedTenantId: south.tenantId,
        tenantId: north.tenantId,
        memberId: null,
      };
    },
  };
}

export async function rowOf(
  raw: DatabaseWriter,
  table: string,
  tenant: TestTenant,
): Promise<AnyRow> {
  const rows = await raw.query(table as "projects").collect();
  const row = rows.find(({ tenantId }) => tenantId === tenant.tenantId);
  if (!row) throw new Error(`signUp() of tests/support/tenant.ts leaves no row in "${table}"`);
  return row;
}

export function copyOf({ _id, _creationTime, tenantId, ...fields }: AnyRow) {
  return fields;
}

/** What a call answers or throws, whether it throws at once or later. */
export async function settled(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}
