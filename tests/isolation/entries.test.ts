import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../convex/_generated/api.js";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import type { Permission } from "../../lib/roles.ts";
import { STAFF_LEVELS } from "../../lib/staff.ts";
import { entryPermissions } from "../../lib/staffEntry.ts";
import { type Backend, backend } from "../support/backend.ts";
import { staffIn } from "../support/entry.ts";
import { rewinder } from "../support/rewind.ts";
import { staffOf, staffPerson } from "../support/staff.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";
import { call } from "./call.ts";
import { type Case, CASES, isMembersGate } from "./cases.ts";
import { registeredFunctions } from "./functions.ts";

/** Generated: every function of a company x Sunup's staff, outside, inside, no longer inside. */

/** Queries of what is somebody's own, or for the company's own people: closed to staff. */
const PERSONAL = [
  "billing:myRequest",
  "notifications:list",
  "notifications:mine",
  "notifications:unread",
  "savedViews:list",
  "supportAccess:consent",
  "supportAccess:current",
  "supportAccess:list",
  // With "mine", as its case asks.
  "tasks:list",
];

/** Mutations with which staff may help. Whoever adds one says so here. */
const ASSISTED = [
  ...["authorities:add", "authorities:setArchived", "authorities:update"],
  ...["campaigns:archive", "campaigns:closeForm", "campaigns:create", "campaigns:openForm"],
  ...["campaigns:rename", "campaigns:restore", "campaigns:rotateFormToken"],
  "campaigns:setAssignment",
  "company:saveProfile",
  "contactLinks:linkProject",
  ...["contacts:archive", "contacts:merge", "contacts:restore", "contacts:update"],
  ...["leads:assign", "leads:create", "leads:lose", "leads:move", "leads:update"],
  ...["organizations:archive", "organizations:restore", "organizations:update"],
  ...["permits:add", "permits:change", "permits:record", "permits:remove", "permits:undo"],
  ...["pipelineStages:add", "pipelineStages:move", "pipelineStages:remove"],
  "pipelineStages:update",
  ...["projects:archive", "projects:assign", "projects:movePastGate", "projects:moveToStage"],
  ...["projects:restore", "projects:setAuthorities", "projects:setChecked", "projects:update"],
  ...["tasks:remove", "tasks:restore", "tasks:setDone", "tasks:update"],
];

const functions = (await registeredFunctions()).filter(
  ({ path, visibility, kind }) =>
    visibility === "public" && kind !== "httpAction" && isMembersGate(gateOf(path)),
);

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeAll(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
let rewind: () => Promise<boolean> = () => Promise.resolve(false);
beforeEach(async () => {
  if (await rewind()) return;
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  rewind = await rewinder(t);
});

describe("the lists above", () => {
  it("name functions that are there", () => {
    const known = functions.map(({ path }) => path);
    expect([...PERSONAL, ...ASSISTED].filter((path) => !known.includes(path))).toEqual([]);
  });
});

describe.each(functions)("$path", (fn) => {
  const { path, kind } = fn;
  const { args } = CASES[path]!;
  const gate = gateOf(path);

  it("refuses staff outside of the company", async () => {
    const before = await everything();
    for (const level of STAFF_LEVELS) {
      expect(await call(await staffOf(t, level), fn, args(north))).toEqual({
        refused: "NO_TENANT",
      });
    }
    const late = await staffIn(t, "operator", north.tenantId, "write", Date.now() - 1);
    expect(await call(late, fn, args(north))).toEqual({ refused: "NO_TENANT" });
    const former = await staffIn(t, "support", north.tenantId, "read");
    const { id: clerkUserId } = staffPerson("support");
    await t.run(async ({ db }) => {
      const staff = await db
        .query("staff")
        .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
        .unique();
      await db.patch("staff", staff!._id, { removedAt: Date.now() });
    });
    expect(await call(former, fn, args(north))).toEqual({ refused: "NO_TENANT" });
    expect(withoutEntries(await everything())).toBe(withoutEntries(before));
  });

  it("follows what an entry to look may do, whatever its staff's level", async () => {
    for (const level of ["support", "owner"] as const) {
      const as = await staffIn(t, level, north.tenantId, "read");
      const before = await everything();
      const open = kind === "query" && !PERSONAL.includes(path) && allows("read", gate);
      const answer = await call(as, fn, args(north));
      if (open) expect(answer).toHaveProperty("value");
      else expect(answer).toEqual({ refused: "FORBIDDEN" });
      expect(await everything()).toBe(before);
    }
  });

  it("follows what an entry to help may do, and tells of every change", async () => {
    const as = await staffIn(t, "operator", north.tenantId, "write");
    const before = await everything();
    const open =
      (kind === "query" ? !PERSONAL.includes(path) : ASSISTED.includes(path)) &&
      allows("write", gate);
    const answer = await call(as, fn, args(north));
    const after = await everything();
    if (!open) {
      expect(answer).toEqual({ refused: "FORBIDDEN" });
      expect(after).toBe(before);
      return;
    }
    expect(answer).toHaveProperty("value");
    if (after === before) return;
    const [platform, company] = await trails();
    expect(platform).toMatchObject({ action: "company.changed", staffName: "Robin operator" });
    expect(company).toMatchObject({ actor: { kind: "staff", name: "Robin operator" } });
  });

  if (ASSISTED.includes(path)) {
    it("helps with nothing while the company is read-only", async () => {
      const readOnly = { since: Date.now(), because: "restore" } as const;
      await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { readOnly }));
      const as = await staffIn(t, "operator", north.tenantId, "write");
      const before = await everything();
      const refused = allows("write", gate) ? "READ_ONLY" : "FORBIDDEN";
      expect(await call(as, fn, args(north))).toEqual({ refused });
      expect(await everything()).toBe(before);
    });
  }

  it("lets support change nothing, also in an entry that was to help", async () => {
    const as = await staffIn(t, "support", north.tenantId, "write");
    const before = await everything();
    const answer = await call(as, fn, args(north));
    if (kind === "mutation") expect(answer).toEqual({ refused: "FORBIDDEN" });
    expect(await everything()).toBe(before);
  });

  it("says and changes nothing of the one company for staff in the other", async () => {
    const as = await staffIn(t, "operator", south.tenantId, "write");
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    const answer = await call(as, fn, args(north));
    expect(JSON.stringify(answer)).not.toMatch(/north/i);
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
  });
});

describe("the end of somebody's being staff", () => {
  it("ends their stay for good: being staff again does not bring it back", async () => {
    const as = await staffIn(t, "support", north.tenantId, "read");
    const { id: clerkUserId, email } = staffPerson("support");
    await t.mutation(internal.staff.revoke, { clerkUserId });
    const again = { clerkUserId, email: email!, name: "Robin support", level: "support" as const };
    await t.mutation(internal.staff.grantTo, again);
    const fn = { path: "projects:list", kind: "query" } as const;
    const page = { paginationOpts: { numItems: 10, cursor: null } };
    expect(await call(as, fn, page)).toEqual({ refused: "NO_TENANT" });
  });
});

function gateOf(path: string): Case["gate"] {
  return CASES[path]?.gate ?? "guest";
}

function allows(access: "read" | "write", gate: Case["gate"]): boolean {
  return gate === "member" || entryPermissions(access).includes(gate as Permission);
}

/** The newest lines of both trails. */
async function trails() {
  return await t.run(async ({ db }) => [
    await db.query("staffAudit").order("desc").first(),
    await db
      .query("auditLog")
      .withIndex("by_tenant", (q) => q.eq("tenantId", north.tenantId))
      .order("desc")
      .first(),
  ]);
}

/** The rows of both companies, as text. */
async function everything(): Promise<string> {
  const tenants = [north.tenantId, south.tenantId];
  return (await Promise.all(tenants.map((id) => worldOf(t, id, TENANT_TABLES)))).join("\n");
}

/** The same without the entries that the test itself makes. */
function withoutEntries(world: string): string {
  const worlds = world.split("\n").map((text) => JSON.parse(text) as { staffId?: string }[][]);
  return JSON.stringify(
    worlds.map((rows) =>
      rows.map((table) =>
        Array.isArray(table) ? table.filter(({ staffId }) => staffId === undefined) : table,
      ),
    ),
  );
}
