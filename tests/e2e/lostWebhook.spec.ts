import { launchWithWebhooksTo, type Launched } from "../support/launch.ts";
import { expectDashboard, signUpToCode } from "./support/actions.ts";
import { countRows, temporaryData } from "./support/ownStack.ts";
import { PORTS } from "./support/stack.ts";
import { expect, test as base, uniqueEmail } from "./support/test.ts";

const NOBODY = "http://127.0.0.1:9/api/webhooks/clerk";

let data: ReturnType<typeof temporaryData>;
let launched: Launched;

const test = base.extend({
  stack: async ({}, use) => {
    data = temporaryData();
    launched = launchWithWebhooksTo(NOBODY, [
      "--port",
      String(PORTS.noWebhook),
      "--data",
      data.dir,
    ]);
    await use(await launched.ready);
    await launched.stop();
    data.remove();
  },
});

test("a webhook that never arrives strands nobody: the company is there some seconds later", async ({
  page,
}) => {
  await signUpToCode(page, { companyName: "Lost Webhook Solar", email: uniqueEmail() });
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Workspace for Lost Webhook Solar")).toBeVisible();
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  await expectDashboard(page, "Lost Webhook Solar");
  await page.close();
  await launched.stop();
  expect(await countRows(data.dir, ["tenants", "members", "emails"])).toEqual({
    tenants: 1,
    members: 1,
    emails: 1,
  });
});
