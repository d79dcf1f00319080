import { expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import {
  type Backend,
  backend,
  type ClerkUser,
  clerkEvent,
  deliver,
  identityOf,
} from "../support/backend.ts";

/** What a sign-up may cost: at most 10 documents read and 20 written, however many companies there are. */
const LIMITS = { documentsRead: 10, documentsWritten: 20 };

const founder = (key: string): ClerkUser => ({
  id: `user_${key}`,
  email: `${key}@north.test`,
  unsafeMetadata: { companyName: "North Solar", plan: "pro" },
});

async function companies(t: Backend): Promise<number> {
  return await t.run(async ({ db }) => (await db.query("tenants").collect()).length);
}

it("sets companies up within its limits, also where a name was taken often before", async () => {
  const t = backend(LIMITS);
  for (let n = 0; n < 8; n++) {
    const { status } = await deliver(t, clerkEvent("user.created", founder(`${n}`)));
    expect(status).toBe(200);
  }
  expect(await companies(t)).toBe(8);
});

it("sets a company up from the browser within the same limits", async () => {
  const t = backend(LIMITS);
  await t
    .withIdentity(identityOf(founder("ada")))
    .mutation(api.onboarding.ensureTenant, { companyName: "North Solar", plan: "pro" });
  expect(await companies(t)).toBe(1);
});
