import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Doc, Id } from "../../../convex/_generated/dataModel.js";
import { ADMINISTRATOR, type Role } from "../../../lib/roles.ts";
import { type Backend, backend, deliver } from "../../support/backend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => vi.restoreAllMocks());

async function member(memberId: Id<"members">): Promise<Doc<"members">> {
  return (await t.run(({ db }) => db.get("members", memberId)))!;
}

async function give(memberId: Id<"members">, roles: Role[], as = north.as): Promise<null> {
  const { roles: seen } = await member(memberId);
  return await as.mutation(api.members.changeRoles, {
    ...{ memberId, roles, seen, primaryRole: roles[0]! },
  });
}

async function audit(tenantId = north.tenantId) {
  const all = await t.run(({ db }) => db.query("auditLog").collect());
  return all.filter((line) => line.tenantId === tenantId);
}

async function tenantRow() {
  return await t.run(({ db }) => db.get("tenants", north.tenantId));
}

describe("members.changeRoles", () => {
  it("gives several roles, in one order, one of them the main one, and notes it", async () => {
    await north.as.mutation(api.members.changeRoles, {
      memberId: north.viewerId,
      roles: ["Installer", "Manager", "Installer"],
      primaryRole: "Installer",
      seen: ["Viewer"],
    });
    expect(await member(north.viewerId)).toMatchObject({
      roles: ["Manager", "Installer"],
      primaryRole: "Installer",
    });
    const me = await north.asRole("Viewer").query(api.members.me, {});
    expect(me.permissions).toContain("projects.write");
    expect((await audit()).at(-1)).toMatchObject({
      action: "member.rolesChanged",
      actor: { kind: "member", name: "Ada north", role: ADMINISTRATOR },
      subject: "Viewer",
      changes: [
        { field: "roles", before: "Viewer", after: "Manager, Installer" },
        { field: "main role", before: "Viewer", after: "Installer" },
      ],
    });
  });

  it.each([
    ["no role", [], "Viewer", /INVALID.*"field":"roles"/],
    ["a main role that is not among them", ["Sales"], "Manager", /INVALID.*"field":"primaryRole"/],
  ] as const)("refuses %s, and changes nothing", async (_what, roles, primaryRole, refusal) => {
    const change = { memberId: north.viewerId, roles: [...roles], primaryRole, seen: ["Viewer"] };
    await expect(north.as.mutation(api.members.changeRoles, change as never)).rejects.toThrow(
      refusal,
    );
    expect((await member(north.viewerId)).roles).toEqual(["Viewer"]);
  });

  it("refuses when somebody else changed the roles meanwhile", async () => {
    const change = { memberId: north.viewerId, seen: ["Viewer" as const] };
    await north.as.mutation(api.members.changeRoles, {
      ...{ ...change, roles: ["Sales"], primaryRole: "Sales" },
    });
    await expect(
      north.as.mutation(api.members.changeRoles, {
        ...{ ...change, roles: ["Manager"], primaryRole: "Manager" },
      }),
    ).rejects.toThrow("STALE");
    expect((await member(north.viewerId)).roles).toEqual(["Sales"]);
  });

  it("lets nobody raise themselves: who has no right to manage the team is refused", async () => {
    const manager = north.asRole("Manager");
    const { member: me } = await manager.query(api.members.me, {});
    await expect(give(me!._id, [ADMINISTRATOR], manager)).rejects.toThrow("FORBIDDEN");
    expect((await member(me!._id)).roles).toEqual(["Manager"]);
  });

  it("does not reach another company's member", async () => {
    await expect(give(south.viewerId, ["Manager"])).rejects.toThrow("NOT_FOUND");
    expect((await member(south.viewerId)).roles).toEqual(["Viewer"]);
  });
});

describe("members.deactivate and members.reactivate", () => {
  it("end and give back the access, and note it", async () => {
    const viewer = north.asRole("Viewer");
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    await expect(viewer.query(api.members.me, {})).rejects.toThrow("MEMBER_DEACTIVATED");
    await north.as.mutation(api.members.reactivate, { memberId: north.viewerId });
    expect((await viewer.query(api.members.me, {})).member!.roles).toEqual(["Viewer"]);
    expect((await audit()).slice(-2)).toMatchObject([
      { action: "member.deactivated", subject: "Viewer" },
      { action: "member.reactivated", subject: "Viewer" },
    ]);
  });

  it("change and note nothing the second time", async () => {
    const args = { memberId: north.viewerId };
    await north.as.mutation(api.members.deactivate, args);
    const after = [await north.as.query(api.members.seats, {}), (await audit()).length];
    await north.as.mutation(api.members.deactivate, args);
    expect([await north.as.query(api.members.seats, {}), (await audit()).length]).toEqual(after);
  });

  it("cannot be done to oneself, not even beside another administrator", async () => {
    await give(north.viewerId, [ADMINISTRATOR]);
    await expect(
      north.as.mutation(api.members.deactivate, { memberId: north.memberId }),
    ).rejects.toThrow("your own access");
    expect((await member(north.memberId)).status).toBe("active");
  });
});

describe("the last administrator", () => {
  const ONLY = "the only administrator";

  it("cannot be demoted, also not by giving up the role oneself", async () => {
    await expect(give(north.memberId, ["Manager"])).rejects.toThrow(ONLY);
    expect((await member(north.memberId)).roles).toEqual([ADMINISTRATOR]);
  });

  it("cannot be deactivated", async () => {
    await expect(
      north.as.mutation(api.members.deactivate, { memberId: north.memberId }),
    ).rejects.toThrow(ONLY);
    expect((await member(north.memberId)).status).toBe("active");
  });

  it("is the last one also when the other one's access is turned off", async () => {
    await give(north.viewerId, [ADMINISTRATOR]);
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    await expect(give(north.memberId, ["Manager"])).rejects.toThrow(ONLY);
  });

  it("is not the last one beside another who has the role among others", async () => {
    await give(north.viewerId, ["Viewer", ADMINISTRATOR]);
    await give(north.memberId, ["Manager"]);
    expect((await member(north.memberId)).roles).toEqual(["Manager"]);
  });

  it("is left when two demote each other at once", async () => {
    await give(north.viewerId, [ADMINISTRATOR]);
    const results = await Promise.allSettled([
      give(north.viewerId, ["Viewer"]),
      give(north.memberId, ["Manager"], north.asRole("Viewer")),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const both = [await member(north.memberId), await member(north.viewerId)];
    expect(both.filter(({ roles }) => roles.includes(ADMINISTRATOR))).toHaveLength(1);
  });

  it("whose account is deleted at Clerk is noted for staff, who can appoint another", async () => {
    const deletion = { type: "user.deleted", data: { id: north.admin.id, deleted: true } };
    await deliver(t, deletion);
    await deliver(t, deletion);
    expect(await member(north.memberId)).toMatchObject({ status: "deactivated" });
    expect((await tenantRow())?.withoutAdministratorSince).toBeGreaterThan(0);
    expect((await audit()).map(({ action }) => action).slice(-2)).toEqual([
      "member.accountDeleted",
      "company.leftWithoutAdministrator",
    ]);

    await t.mutation(internal.members.appointAdministrator, {
      ...{ tenantId: north.tenantId, memberId: north.viewerId, reason: "Asked by phone" },
    });
    expect((await tenantRow())?.withoutAdministratorSince).toBeUndefined();
    expect((await member(north.viewerId)).roles).toEqual([ADMINISTRATOR, "Viewer"]);
    expect((await audit()).at(-1)).toMatchObject({
      action: "member.rolesChanged",
      actor: { kind: "staff" },
      reason: "Asked by phone",
    });
  });

  it("is not noted as lost when another one is there", async () => {
    await give(north.viewerId, [ADMINISTRATOR]);
    await deliver(t, { type: "user.deleted", data: { id: north.admin.id, deleted: true } });
    expect((await tenantRow())?.withoutAdministratorSince).toBeUndefined();
  });

  it("cannot be appointed across companies", async () => {
    await expect(
      t.mutation(internal.members.appointAdministrator, {
        ...{ tenantId: north.tenantId, memberId: south.viewerId, reason: "x" },
      }),
    ).rejects.toThrow("NOT_FOUND");
    expect((await member(south.viewerId)).roles).toEqual(["Viewer"]);
  });
});

describe("a member whose account was deleted", () => {
  it("cannot be let in again, but a new account of that address can be invited", async () => {
    await deliver(t, { type: "user.deleted", data: { id: "user_north_viewer", deleted: true } });
    await expect(
      north.as.mutation(api.members.reactivate, { memberId: north.viewerId }),
    ).rejects.toThrow("account was deleted");
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await north.as.mutation(api.invitations.invite, {
      ...{ emails: ["viewer@north.test"], roles: ["Viewer"], primaryRole: "Viewer" },
    });
    vi.useRealTimers();
  });
});

describe("members.search", () => {
  it("finds by part of a name or address, in one's own company only", async () => {
    const find = (text: string) => north.as.query(api.members.search, { text });
    expect((await find("PROJECT man")).map(({ name }) => name)).toEqual(["Project Manager"]);
    expect((await find("viewer@")).map(({ email }) => email)).toEqual(["viewer@north.test"]);
    expect(await find("south")).toEqual([]);
  });
});
