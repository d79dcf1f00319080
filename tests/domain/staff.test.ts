import { beforeEach, describe, expect, it } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import { type Backend, backend, clerkEvent, deliver, identityOf } from "../support/backend.ts";
import { staffOf, staffPerson } from "../support/staff.ts";
import { signUp } from "../support/tenant.ts";

let t: Backend;
beforeEach(() => {
  t = backend();
});

const trail = async () =>
  (await t.run(({ db }) => db.query("staffAudit").collect())).map(
    ({ staffName, action, subject, changes }) => ({ staffName, action, subject, changes }),
  );

describe("staff", () => {
  it("are granted, raised and ended from the command line, and each step is in the trail", async () => {
    await staffOf(t, "owner");
    const support = await staffOf(t, "support");
    expect(await support.query(api.staff.me, {})).toMatchObject({ level: "support" });
    const { id: clerkUserId, email } = staffPerson("support");
    await t.mutation(internal.staff.grantTo, {
      ...{ clerkUserId, email, name: "Robin support", level: "operator" },
    });
    expect(await support.query(api.staff.me, {})).toMatchObject({ level: "operator" });
    await t.mutation(internal.staff.revoke, { clerkUserId });
    await expect(support.query(api.staff.me, {})).rejects.toThrow("NOT_FOUND");
    const line = { staffName: "Command line", subject: "Robin support" };
    expect(await trail()).toEqual([
      {
        ...{ staffName: "Command line", subject: "Robin owner", action: "staff.granted" },
        changes: [{ field: "level", before: "", after: "owner" }],
      },
      {
        ...{ ...line, action: "staff.granted" },
        changes: [{ field: "level", before: "", after: "support" }],
      },
      {
        ...{ ...line, action: "staff.levelChanged" },
        changes: [{ field: "level", before: "support", after: "operator" }],
      },
      {
        ...{ ...line, action: "staff.revoked" },
        changes: [{ field: "level", before: "operator", after: "" }],
      },
    ]);
  });

  it("keep one owner at least", async () => {
    const owner = await staffOf(t, "owner");
    const { id: clerkUserId, email } = staffPerson("owner");
    const lower = { clerkUserId, email, name: "Robin owner", level: "support" } as const;
    await expect(t.mutation(internal.staff.revoke, { clerkUserId })).rejects.toThrow("one owner");
    await expect(t.mutation(internal.staff.grantTo, lower)).rejects.toThrow("one owner");
    expect(await owner.query(api.staff.me, {})).toMatchObject({ level: "owner" });
  });

  it("are never members of a company, and found none", async () => {
    const north = await signUp(t, "north");
    await expect(
      t.mutation(internal.staff.grantTo, {
        ...{ clerkUserId: north.admin.id, email: north.admin.email, name: "Ana", level: "owner" },
      }),
    ).rejects.toThrow("belongs to a company");
    await expect(north.as.query(api.staff.me, {})).rejects.toThrow("NOT_FOUND");

    await staffOf(t, "support");
    const person = {
      ...staffPerson("support"),
      unsafeMetadata: { companyName: "Staff Solar", plan: "pro" },
    };
    expect((await deliver(t, clerkEvent("user.created", person))).status).toBe(200);
    const as = t.withIdentity(identityOf(person));
    await expect(
      as.mutation(api.onboarding.ensureTenant, { companyName: "Staff Solar", plan: "pro" }),
    ).rejects.toThrow("found no company");
    expect(await as.query(api.onboarding.status, {})).toMatchObject({ status: "staff" });
    const names = await t.run(({ db }) => db.query("tenants").collect());
    expect(names.map(({ name }) => name)).not.toContain("Staff Solar");
  });

  it("cannot join a company by an invitation either", async () => {
    const north = await signUp(t, "north");
    await staffOf(t, "support");
    const { email } = staffPerson("support");
    await north.as.mutation(api.invitations.invite, {
      ...{ emails: [email], roles: ["Viewer"], primaryRole: "Viewer" },
    });
    const list = await north.as.query(api.invitations.list, {});
    const { _id: invitationId } = list.find((each) => each.email === email)!;
    const as = t.withIdentity(identityOf(staffPerson("support")));
    expect(await as.mutation(api.joining.accept, { invitationId })).toEqual({
      ...{ status: "refused", reason: "otherCompany" },
    });
  });
});
