import { expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { wantsEmail } from "../../convex/model/notifications.ts";
import { tenantReader } from "../../convex/tenancy/rules.ts";
import { scopedReader } from "../../convex/tenancy/scopedDb.ts";
import type { EmailChoice } from "../../lib/notifications.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

/** What the mail sender is told about the company's Viewer. */
async function viewerWants(t: Backend, { tenantId }: TestTenant, choice: EmailChoice) {
  return await t.run(async ({ db }) => {
    const members = await db.query("members").collect();
    const viewer = members.find(
      (each) => each.tenantId === tenantId && each.primaryRole === "Viewer",
    );
    const scope = { tenantId, memberId: null };
    return await wantsEmail(scopedReader(tenantReader(db, scope), scope), viewer!._id, choice);
  });
}

it("a member wants every mail until one is turned off, for oneself alone", async () => {
  const t = backend();
  const north = await signUp(t, "north");
  const south = await signUp(t, "south");
  expect(await viewerWants(t, north, "mention")).toBe(true);

  const viewer = north.asRole("Viewer");
  await viewer.mutation(api.notifications.setEmail, { choice: "mention", on: false });
  await viewer.mutation(api.notifications.setEmail, { choice: "mention", on: false });
  await viewer.mutation(api.notifications.setEmail, { choice: "taskAssigned", on: false });
  expect(await viewer.query(api.notifications.mine, {})).toEqual({
    emailsOff: ["mention", "taskAssigned"],
  });
  expect(await viewerWants(t, north, "mention")).toBe(false);
  expect(await viewerWants(t, north, "weeklySummary")).toBe(true);
  expect(await viewerWants(t, south, "mention")).toBe(true);
  expect(await north.as.query(api.notifications.mine, {})).toEqual({
    emailsOff: ["weeklySummary"],
  });

  await viewer.mutation(api.notifications.setEmail, { choice: "mention", on: true });
  expect(await viewerWants(t, north, "mention")).toBe(true);
});
