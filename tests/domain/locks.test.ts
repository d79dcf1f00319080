import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { type Backend, backend } from "../support/backend.ts";
import { staffOf } from "../support/staff.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let operator: TestTenant["as"];

beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  operator = await staffOf(t, "operator");
});

const viewerOf = ({ tenantId, viewerId: memberId }: TestTenant) => ({ tenantId, memberId });
const seatsOf = async (tenant: TestTenant) => (await tenant.as.query(api.members.seats, {})).used;

describe("a lock on a member's account", () => {
  it("ends their access at once, and only staff take it away", async () => {
    const viewer = north.asRole("Viewer");
    const before = await seatsOf(north);
    const others = await worldOf(t, south.tenantId, TENANT_TABLES);
    const lock = { ...viewerOf(north), reason: "Reached for other companies" };
    await operator.mutation(api.staff.locks.lockMember, lock);
    await expect(viewer.query(api.members.me, {})).rejects.toThrow(/MEMBER_DEACTIVATED.*Sunup/);
    await expect(
      north.as.mutation(api.members.reactivate, { memberId: north.viewerId }),
    ).rejects.toThrow(/CONFLICT.*Reached for other companies/);
    expect(await seatsOf(north)).toBe(before - 1);

    await operator.mutation(api.staff.locks.unlockMember, { ...lock, reason: "Explained" });
    expect((await viewer.query(api.members.me, {})).member?.roles).toEqual(["Viewer"]);
    expect(await seatsOf(north)).toBe(before);
    const trail = await t.run(({ db }) => db.query("staffAudit").order("desc").take(2));
    expect(trail).toMatchObject([
      { action: "member.unlocked", subject: "Viewer", reason: "Explained" },
      { action: "member.locked", subject: "Viewer", reason: "Reached for other companies" },
    ]);
    expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(others);
  });

  it("leaves whoever had no access before without it, and waits for room in the plan", async () => {
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    const member = { ...viewerOf(north), reason: "To be sure" };
    await operator.mutation(api.staff.locks.lockMember, member);
    await operator.mutation(api.staff.locks.unlockMember, member);
    await expect(north.asRole("Viewer").query(api.members.me, {})).rejects.toThrow("DEACTIVATED");
    await north.as.mutation(api.members.reactivate, { memberId: north.viewerId });

    await operator.mutation(api.staff.locks.lockMember, member);
    const limit = await seatsOf(north);
    await t.run(({ db }) =>
      db.patch("tenants", north.tenantId, { overrides: [{ limit: "users", value: limit }] }),
    );
    await operator.mutation(api.staff.locks.unlockMember, member);
    await expect(north.asRole("Viewer").query(api.members.me, {})).rejects.toThrow("DEACTIVATED");
    expect(await seatsOf(north)).toBe(limit);
  });

  it("on the last administrator leaves the company for staff to look after, until it goes", async () => {
    const admin = { tenantId: north.tenantId, memberId: north.memberId, reason: "Stolen account" };
    await operator.mutation(api.staff.locks.lockMember, admin);
    const tenant = () => t.run(({ db }) => db.get("tenants", north.tenantId));
    expect((await tenant())?.withoutAdministratorSince).toBeTypeOf("number");
    await operator.mutation(api.staff.locks.unlockMember, admin);
    expect((await tenant())?.withoutAdministratorSince).toBeUndefined();
  });

  it("names a member of that company, once, with a reason", async () => {
    const before = await worldOf(t, south.tenantId, TENANT_TABLES);
    const mixed = { tenantId: north.tenantId, memberId: south.viewerId, reason: "Mixed up" };
    await expect(operator.mutation(api.staff.locks.lockMember, mixed)).rejects.toThrow("NOT_FOUND");
    await expect(
      operator.mutation(api.staff.locks.lockMember, { ...viewerOf(south), reason: " " }),
    ).rejects.toThrow(/INVALID.*"field":"reason"/);
    expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
    const lock = { ...viewerOf(south), reason: "Attacks" };
    await operator.mutation(api.staff.locks.lockMember, lock);
    await expect(operator.mutation(api.staff.locks.lockMember, lock)).rejects.toThrow("CONFLICT");
  });
});
