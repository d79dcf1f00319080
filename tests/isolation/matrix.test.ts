import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../convex/_generated/api.js";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { FEATURES } from "../../lib/plans.ts";
import { ADMINISTRATOR, can, ROLES, type Permission } from "../../lib/roles.ts";
import { STAFF_LEVELS, staffMay } from "../../lib/staff.ts";
import { type Backend, backend, identityOf } from "../support/backend.ts";
import { storedIds } from "../support/files.ts";
import { rewinder } from "../support/rewind.ts";
import { staffOf, staffPerson } from "../support/staff.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";
import { call, idsOf, removedId, withId } from "./call.ts";
import { CASES, isMembersGate, staffLevelOf } from "./cases.ts";
import { registeredFunctions } from "./functions.ts";

/** Generated: every public function x every attacker, and every id argument x another tenant's id. */

const functions = await registeredFunctions();
const publicFunctions = functions.filter(
  (each) => each.visibility === "public" && each.kind !== "httpAction",
);
const tenantFunctions = publicFunctions.filter(
  ({ path }) => CASES[path] && isMembersGate(CASES[path].gate),
);
const staffFunctions = publicFunctions.filter(({ path }) => levelOf(path) !== null);

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeAll(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  // What the functions schedule is not run: only their own answers and rows are looked at.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
let rewind: () => Promise<boolean> = () => Promise.resolve(false);
// Most of these calls change nothing, or little: two companies serve many of them.
beforeEach(async () => {
  if (await rewind()) return;
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  rewind = await rewinder(t);
});

describe("the list of cases", () => {
  it("has an entry for every public function", () => {
    const missing = publicFunctions.map(({ path }) => path).filter((path) => !CASES[path]);
    expect(
      missing,
      "add these to tests/isolation/cases.ts: who may call them, and arguments that work",
    ).toEqual([]);
  });

  it("has no entry for a function that is gone", () => {
    const known = new Set(publicFunctions.map(({ path }) => path));
    expect(Object.keys(CASES).filter((path) => !known.has(path))).toEqual([]);
  });

  it("finds every function to check its arguments and what it returns", () => {
    const without = functions.filter((each) => !each.hasReturns).map(({ path }) => path);
    expect(without, "give these a `returns` validator").toEqual([]);
  });
});

describe.each(tenantFunctions)("$path", (fn) => {
  const { gate, others, feature, args, personal = false } = CASES[fn.path]!;

  it("answers its own administrator", async () => {
    expect(await call(north.as, fn, args(north))).toHaveProperty("value");
  });

  it("refuses a caller without a token", async () => {
    expect(await call(t, fn, args(north))).toEqual({ refused: "UNAUTHENTICATED" });
  });

  it("refuses someone signed in without a company", async () => {
    const stranger = t.withIdentity(identityOf({ id: "user_stranger", email: "s@x.test" }));
    expect(await call(stranger, fn, args(north))).toEqual({ refused: "NO_TENANT" });
  });

  it("refuses a deactivated member", async () => {
    await patchMember(north.admin.id, { status: "deactivated" });
    expect(await call(north.as, fn, args(north))).toEqual({ refused: "MEMBER_DEACTIVATED" });
  });

  it("refuses a member whose tenant is gone", async () => {
    await t.run((ctx) => ctx.db.delete("tenants", north.tenantId));
    expect(await call(north.as, fn, args(north))).toEqual({ refused: "NO_TENANT" });
  });

  it.each([
    ["suspended", "TENANT_SUSPENDED"],
    ["closed", "TENANT_CLOSED"],
  ] as const)("refuses a member of a %s tenant", async (status, refused) => {
    await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { status }));
    expect(await call(north.as, fn, args(north))).toEqual({ refused });
  });

  it("changes nothing while the company is read-only, and still tells", async () => {
    const readOnly = { since: Date.now(), because: "restore" } as const;
    await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { readOnly }));
    const before = await everything();
    const result = await call(north.as, fn, args(north));
    if (fn.kind === "query") expect(result).toHaveProperty("value");
    else expect(result).toEqual({ refused: "READ_ONLY" });
    if (fn.kind !== "query") expect(await everything()).toBe(before);
  });

  it.each(ROLES)("follows the role table for %s", async (role) => {
    const mayOthers = others === undefined || (others !== "nobody" && can(role, others));
    const own = mayOthers || role === ADMINISTRATOR;
    const allowed = own && (gate === "member" || can(role, gate as Permission));
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    const result = await call(north.asRole(role), fn, args(north));
    if (allowed && personal && role !== ADMINISTRATOR) {
      expect(result).toEqual({ refused: "NOT_FOUND" });
    } else if (allowed) {
      expect(result).toHaveProperty("value");
    } else {
      expect(result).toEqual({ refused: "FORBIDDEN" });
      expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
    }
  });

  it(`asks the plan for ${feature ?? "nothing"}`, async () => {
    const overrides = FEATURES.map((each) => ({ feature: each, on: false }));
    const without = overrides.filter((each) => feature === undefined || each.feature === feature);
    await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { overrides: without }));
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    const result = await call(north.as, fn, args(north));
    if (feature === undefined) {
      expect(result).toHaveProperty("value");
    } else {
      expect(result).toEqual({ refused: "FEATURE_NOT_IN_PLAN" });
      expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
    }
  });

  it("says and changes nothing of another tenant when it runs", async () => {
    const before = await worldOf(t, south.tenantId, TENANT_TABLES);
    const result = await call(north.as, fn, args(north));
    expect(JSON.stringify(result)).not.toMatch(/south/i);
    expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
  });

  it("names no stored file: storage ids stay inside", async () => {
    const text = JSON.stringify(await call(north.as, fn, args(north)));
    for (const storageId of await storedIds(t)) expect(text).not.toContain(storageId);
  });

  for (const { path, table } of fn.idArguments) {
    it(`answers another tenant's ${path} like an unknown one`, async () => {
      const foreign = await idOf(table, south);
      const unknown = await removedId(t, table, foreign);
      const before = await worldOf(t, south.tenantId, TENANT_TABLES);

      const answerToForeign = await call(north.as, fn, withId(args(north), path, foreign));
      const answerToUnknown = await call(north.as, fn, withId(args(north), path, unknown));

      expect(answerToForeign).toEqual(answerToUnknown);
      expect(JSON.stringify(answerToForeign)).not.toMatch(/south/i);
      expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
    });
  }
});

describe.each(staffFunctions)("$path, of Sunup's staff", (fn) => {
  const { args } = CASES[fn.path]!;
  const level = levelOf(fn.path)!;

  it.each(STAFF_LEVELS)("follows the levels for %s", async (own) => {
    const before = await everything();
    const result = await call(await staffOf(t, own), fn, args(north));
    if (staffMay(own, level)) {
      expect(result).toHaveProperty("value");
    } else {
      expect(result).toEqual({ refused: "NOT_FOUND" });
      expect(await everything()).toBe(before);
    }
  });

  it("refuses a caller without a token", async () => {
    expect(await call(t, fn, args(north))).toEqual({ refused: "UNAUTHENTICATED" });
  });

  it("does not exist for members of any role, strangers and who was staff", async () => {
    const former = await staffOf(t, "owner");
    // One owner has to stay.
    const other = { clerkUserId: "user_other_owner", email: "o@sunup.test", name: "Other" };
    await t.mutation(internal.staff.grantTo, { ...other, level: "owner" });
    const { id: clerkUserId } = staffPerson("owner");
    await t.mutation(internal.staff.revoke, { clerkUserId });
    const stranger = t.withIdentity(identityOf({ id: "user_stranger", email: "s@x.test" }));
    const before = await everything();
    for (const as of [north.as, ...ROLES.map((role) => south.asRole(role)), stranger, former]) {
      expect(await call(as, fn, args(north))).toEqual({ refused: "NOT_FOUND" });
    }
    expect(await everything()).toBe(before);
  });
});

function levelOf(path: string) {
  const found = CASES[path];
  return found ? staffLevelOf(found.gate) : null;
}

/** The rows of both companies, as text. */
async function everything(): Promise<string> {
  const tenants = [north.tenantId, south.tenantId];
  return (await Promise.all(tenants.map((id) => worldOf(t, id, TENANT_TABLES)))).join("\n");
}

async function patchMember(clerkUserId: string, value: { status: "deactivated" }) {
  await t.run(async (ctx) => {
    const member = await ctx.db
      .query("members")
      .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
      .unique();
    await ctx.db.patch("members", member!._id, value);
  });
}

/** An id of that table that is the tenant's own. */
async function idOf(table: string, tenant: TestTenant): Promise<string> {
  const [id] = await idsOf(t, table, tenant.tenantId);
  if (!id) throw new Error(`signUp() of tests/support/tenant.ts leaves no row in "${table}"`);
  return id;
}
