import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import type { Doc } from "../../../convex/_generated/dataModel.js";
import { ADMINISTRATOR } from "../../../lib/roles.ts";
import {
  type Backend,
  backend,
  type ClerkUser,
  clerkEvent,
  deliver,
  identityOf,
} from "../../support/backend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let ines: ClerkUser;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  ines = {
    id: "user_ines",
    email: "invited@north.test",
    firstName: "Ines",
    lastName: "Vega",
    publicMetadata: { invitationId: north.invitationId, round: 1 },
  };
});
afterEach(() => {
  vi.useRealTimers();
});

const accept = (user: ClerkUser, { invitationId } = north) =>
  t.withIdentity(identityOf(user)).mutation(api.joining.accept, { invitationId });

async function membersOf(clerkUserId: string): Promise<Doc<"members">[]> {
  const all = await t.run(({ db }) => db.query("members").collect());
  return all.filter((member) => member.clerkUserId === clerkUserId);
}

async function tenantCount(): Promise<number> {
  return (await t.run(({ db }) => db.query("tenants").collect())).length;
}

async function invitation(): Promise<Doc<"invitations">> {
  return (await t.run(({ db }) => db.get("invitations", north.invitationId)))!;
}

async function change(row: Partial<Doc<"invitations">>): Promise<void> {
  await t.run(({ db }) => db.patch("invitations", north.invitationId, row));
}

const JOINED = {
  email: "invited@north.test",
  name: "Ines Vega",
  roles: ["Sales"],
  primaryRole: "Sales",
  status: "active",
};

describe("an invited user", () => {
  it("joins the inviting company with the roles of the invitation, and founds none", async () => {
    await deliver(t, clerkEvent("user.created", ines));
    expect(await membersOf(ines.id)).toMatchObject([{ ...JOINED, tenantId: north.tenantId }]);
    expect(await invitation()).toMatchObject({ status: "accepted" });
    expect(await tenantCount()).toBe(2);
    const me = await t.withIdentity(identityOf(ines)).query(api.members.me, {});
    expect(me.tenant.name).toBe("north Solar");
    const lines = await t.run(({ db }) => db.query("auditLog").collect());
    expect(lines.at(-1)).toMatchObject({
      tenantId: north.tenantId,
      action: "member.joined",
      subject: "Ines Vega",
    });
  });

  it("founds none either when the sign-up names a company too", async () => {
    const sly = { ...ines, unsafeMetadata: { companyName: "Sly Solar", plan: "pro" } };
    await deliver(t, clerkEvent("user.created", sly));
    expect(await tenantCount()).toBe(2);
    expect(await membersOf(ines.id)).toMatchObject([{ tenantId: north.tenantId }]);
  });

  it("joins once, however often and from how many sides it is asked", async () => {
    await Promise.all([
      deliver(t, clerkEvent("user.created", ines), "msg_1"),
      accept(ines),
      deliver(t, clerkEvent("user.created", ines), "msg_2"),
      accept(ines),
    ]);
    await deliver(t, clerkEvent("user.created", ines), "msg_1");
    expect(await accept(ines)).toEqual({ status: "joined" });
    expect(await membersOf(ines.id)).toHaveLength(1);
    expect(await tenantCount()).toBe(2);
  });

  it("joins from the browser when the webhook is late, and gets the later profile then", async () => {
    expect(await accept(ines)).toEqual({ status: "joined" });
    await deliver(t, clerkEvent("user.created", ines));
    await deliver(t, clerkEvent("user.updated", { ...ines, firstName: "Inés", updatedAt: 2_000 }));
    expect(await membersOf(ines.id)).toMatchObject([{ ...JOINED, name: "Inés Vega" }]);
  });

  it("does not join after the account was deleted, whatever the order of the events", async () => {
    await deliver(t, { type: "user.deleted", data: { id: ines.id, deleted: true } });
    await deliver(t, clerkEvent("user.created", ines));
    await expect(accept(ines)).rejects.toThrow("ACCOUNT_DELETED");
    expect(await membersOf(ines.id)).toEqual([]);
    expect(await invitation()).toMatchObject({ status: "pending" });
  });

  it("who had an account, but no company, joins signed in", async () => {
    const old = { ...ines, publicMetadata: {} };
    await deliver(t, clerkEvent("user.created", old));
    expect(await membersOf(ines.id)).toEqual([]);
    expect(await accept(old)).toEqual({ status: "joined" });
    expect(await membersOf(ines.id)).toMatchObject([{ tenantId: north.tenantId }]);
  });

  it("joins whatever the case of the letters in the address", async () => {
    await deliver(t, clerkEvent("user.created", { ...ines, email: "Invited@North.test" }));
    expect(await membersOf(ines.id)).toMatchObject([JOINED]);
  });

  it("who becomes an administrator ends the company's being without one", async () => {
    await change({ roles: [ADMINISTRATOR], primaryRole: ADMINISTRATOR });
    await deliver(t, { type: "user.deleted", data: { id: north.admin.id, deleted: true } });
    await accept(ines);
    const tenant = await t.run(({ db }) => db.get("tenants", north.tenantId));
    expect(tenant?.withoutAdministratorSince).toBeUndefined();
  });
});

describe("an invitation that is not good", () => {
  const PAST = Date.now() - 1;
  it.each([
    ["withdrawn", () => change({ status: "revoked" }), "revoked"],
    ["expired", () => change({ status: "expired" }), "expired"],
    ["past its time, though nobody has noted it yet", () => change({ expiresAt: PAST }), "expired"],
    ["used by somebody else", () => change({ status: "accepted" }), "used"],
    ["of a paused company", () => company("suspended"), "companyClosed"],
    ["of a company that is being closed", () => company("closing"), "companyClosed"],
    ["of a closed company", () => company("closed"), "companyClosed"],
  ] as const)(
    "because it is %s makes nobody a member, and says so",
    async (_what, spoil, reason) => {
      await spoil();
      await deliver(t, clerkEvent("user.created", ines));
      expect(await accept(ines)).toEqual({ status: "refused", reason });
      const { invitationId } = north;
      expect(await t.query(api.joining.offer, { invitationId })).toEqual({
        status: "refused",
        reason,
      });
      expect(await membersOf(ines.id)).toEqual([]);
      expect(await tenantCount()).toBe(2);
    },
  );

  async function company(status: Doc<"tenants">["status"]): Promise<void> {
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { status }));
  }

  it("because it went to another address makes nobody a member", async () => {
    const eve = { ...ines, id: "user_eve", email: "eve@evil.test" };
    await deliver(t, clerkEvent("user.created", eve));
    expect(await accept(eve)).toEqual({ status: "refused", reason: "otherAddress" });
    expect(await membersOf(eve.id)).toEqual([]);
    expect(await invitation()).toMatchObject({ status: "pending" });
  });

  it("because the address is not confirmed makes nobody a member", async () => {
    const unconfirmed = { ...ines, verified: false };
    await deliver(t, clerkEvent("user.created", unconfirmed));
    await expect(accept(unconfirmed)).rejects.toThrow("EMAIL_NOT_VERIFIED");
    expect(await membersOf(ines.id)).toEqual([]);
  });

  it("for an account of another company tells the inviter that much, and not which", async () => {
    const taken = { id: south.admin.id, email: south.admin.email };
    await change({ email: taken.email });
    expect(await accept(taken)).toEqual({ status: "refused", reason: "otherCompany" });
    expect(await membersOf(taken.id)).toMatchObject([{ tenantId: south.tenantId }]);
    const list = await north.as.query(api.invitations.list, {});
    expect(list).toMatchObject([{ status: "pending", problem: "otherCompany" }]);
    expect(JSON.stringify(list)).not.toMatch(/south Solar/);
  });

  it.each(["", "x", "jd7cnm3xkvj1b5r8n3q2w4z9y57ab0de", "💥".repeat(50)])(
    "because there is none of the id %j says so",
    async (invitationId) => {
      const refused = { status: "refused", reason: "unknown" };
      expect(await t.query(api.joining.offer, { invitationId })).toEqual(refused);
      const as = t.withIdentity(identityOf(ines));
      expect(await as.mutation(api.joining.accept, { invitationId })).toEqual(refused);
      expect(await membersOf(ines.id)).toEqual([]);
    },
  );

  it("because its id is that of another kind of row says no more than that", async () => {
    const invitationId = north.projectId;
    expect(await t.query(api.joining.offer, { invitationId })).toEqual({
      status: "refused",
      reason: "unknown",
    });
  });
});

describe("joining.offer", () => {
  it("says to whoever holds the id who invites to which company, and nothing else", async () => {
    const { invitationId } = north;
    expect(await t.query(api.joining.offer, { invitationId })).toEqual({
      status: "open",
      companyName: "north Solar",
      inviterName: "Ada north",
      email: "invited@north.test",
      roles: ["Sales"],
      primaryRole: "Sales",
    });
  });
});
