import { internal } from "../../convex/_generated/api.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signInAsStaff } from "./support/actions.ts";
import { runInternal } from "./support/runInternal.ts";
import { expect, test } from "./support/test.ts";

test("staff see how the platform does, and try again what failed, alone or together", async ({
  page,
  newCompany,
  newStaff,
}) => {
  await newCompany("Overview Solar");
  await runInternal(internal.platformTotals.follow, {});
  const types = [1, 2, 3].map((n) => `session.failed${n}-${Date.now()}`);
  for (const type of types) {
    // Work that threw once and that goes well from now on.
    const body = JSON.stringify({ type, data: { id: "sess_1" } });
    const failure = {
      source: "clerk",
      eventId: `msg_${type}`,
      body,
      error: "Broken pipe",
    } as const;
    await runInternal(internal.webhookEvents.recordFailure, failure);
  }

  await signInAsStaff(page, await newStaff("operator"));
  await expect(page.getByText("in the last 30 days (UTC)")).toBeVisible();
  await expect(page.getByRole("table", { name: "Sign-ups" }).getByRole("row")).toHaveCount(31);
  // Tried again, it stands in the trail below as well.
  const waiting = page.getByRole("region", { name: "Waits for a person" });
  const [alone, ...together] = types.map((type) =>
    waiting.getByRole("listitem").filter({ hasText: type }),
  );
  await expect(alone!).toContainText("Broken pipe");
  await expectAccessible(page);

  await alone!.getByRole("button", { name: "Try again" }).click();
  await expect(alone!).toHaveCount(0);
  await page.getByRole("button", { name: /^Try these \d+ again$/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Try \d+ webhooks again\?$/ });
  await expect(together[0]!).toBeAttached();
  await dialog.getByRole("button", { name: "Try again" }).click();
  for (const each of together) await expect(each).toHaveCount(0);
  await expect(page.getByText(`clerk ${types[0]}`)).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
});
