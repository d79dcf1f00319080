import { makeFunctionReference } from "convex/server";
import { describe, expect, it } from "vitest";
import * as builders from "../../convex/tenancy/functions.ts";
import { staffOf } from "../support/staff.ts";
import * as probe from "./probe.ts";
import { registeredFunctions } from "./functions.ts";
import { twoTenants } from "./twoTenants.ts";

/** What each builder of convex/tenancy/functions.ts hands out, and to whom. */

const world = twoTenants(probe.PROBE);

const CONTENTS: Record<string, string[]> = {
  ofTenantQuery: ["actor", "db", "permissions", "tenant", "who"],
  ofPersonalQuery: ["db", "member", "permissions", "tenant"],
  ofMemberQuery: ["db", "fileUrl", "permissions", "tenant", "who"],
  ofTenantMutation: [
    ...["actor", "db", "files", "member", "patchTenant", "permissions", "schedule", "tenant"],
  ],
  ofAssistedMutation: ["actor", "db", "patchTenant", "permissions", "schedule", "tenant"],
  ofSignedInQuery: ["identity", "isStaff", "own", "placement"],
  ofSignedInMutation: ["identity", "runMutation"],
  ofStaffQuery: ["companiesOf", "failures", "liveEntry", "platform", "staff", "tenantX"],
  ofStaffMutation: [
    ...["failures", "findMember", "forTenant", "liveEntry", "liveEntryOf"],
    ...["platform", "schedule", "staff", "tenantX"],
  ],
  ofGuestQuery: ["openInvitation", "openLeadForm"],
  ofBackgroundQuery: ["db", "tenant"],
  ofBackgroundMutation: [
    ...["db", "files", "patchTenant", "restoring", "schedule", "segments", "tenant"],
  ],
  ofArchiveAction: ["bytes", "runMutation", "runQuery", "tenantId"],
  ofSystemQuery: ["platform", "tenantOfCustomer"],
  ofSystemMutation: [
    "companiesOf",
    "customersAfter",
    "dueWork",
    "eraser",
    "findInvitation",
    "findLeadForm",
    "findMember",
    "findStaff",
    "forTenant",
    "liveEntryOf",
    "oldNotifications",
    "overdueEmails",
    "platform",
    "removeOldAuditLines",
    "schedule",
    "sweepFiles",
    "tenantOfCustomer",
  ],
  ofSystemAction: ["runMutation", "runQuery"],
};

describe("a builder", () => {
  it.each(Object.keys(CONTENTS))(
    "hands out what it must and nothing else of Convex's: %s",
    async (name) => {
      const path = `probe:${name}`;
      const args = /^of(Background|Archive)/.test(name) ? { tenantId: world.north.tenantId } : {};
      const as = name.startsWith("ofStaff") ? await staffOf(world.t, "support") : world.north.as;
      const names = name.endsWith("Query")
        ? await as.query(makeFunctionReference<"query">(path), args)
        : name.endsWith("Mutation")
          ? await as.mutation(makeFunctionReference<"mutation">(path), args)
          : await as.action(makeFunctionReference<"action">(path), args);
      expect(names, "add what cannot leave the tenant to CONTENTS, and close the rest").toEqual(
        CONTENTS[name],
      );
    },
  );

  it("is in the list above", () => {
    const names = Object.keys(builders).filter((name) => name !== "webhook");
    const probes = names.map((name) => `of${name[0]!.toUpperCase()}${name.slice(1)}`);
    expect(Object.keys(CONTENTS).sort(), "add a probe of the new builder").toEqual(probes.sort());
  });

  it("of background, platform and route work makes internal functions, and the others public ones", async () => {
    const functions = await registeredFunctions(probe.PROBE);
    for (const name of Object.keys(CONTENTS)) {
      const { visibility } = functions.find(({ path }) => path.endsWith(`:${name}`))!;
      const expected = /^of(Archive|Background|Member|System)/.test(name) ? "internal" : "public";
      expect({ name, visibility }).toEqual({ name, visibility: expected });
    }
  });
});
