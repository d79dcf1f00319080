import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "../support/launch.ts";
import { expectDashboard, fillSignIn, signUpToCode } from "./support/actions.ts";
import { countRows, temporaryData } from "./support/ownStack.ts";
import { PORTS } from "./support/stack.ts";
import { expect, PASSWORD, test, uniqueEmail } from "./support/test.ts";

/** Long enough for a second delivery of the same event to do harm, if it could. */
const SECOND_DELIVERY_MS = 1_500;

for (const delayMs of [0, 40, 150]) {
  test(`a stack killed with -9 ${delayMs} ms after the code, and started again, has made one of everything`, async ({
    browser,
  }) => {
    test.slow();
    const data = temporaryData();
    const args = ["--port", String(PORTS.crash), "--data", data.dir, "--no-demo"];
    const first = launch(args);
    const { appUrl } = await first.ready;
    // Not the guarded browser: while the stack is down, its console is full of failed connections.
    const page = await (await browser.newContext({ baseURL: appUrl })).newPage();
    const email = uniqueEmail();
    await signUpToCode(page, { companyName: "Crash Solar", email });
    const verified = page.waitForResponse(/attempt_verification/);
    await page.getByRole("button", { name: "Confirm" }).click();
    await verified;
    await sleep(delayMs);
    first.signal("SIGKILL");
    await first.exited;

    const second = launch(args);
    await second.ready;
    await page.goto("/onboarding");
    await expect(page).toHaveURL(/\/(dashboard|sign-in)/);
    if (page.url().includes("/sign-in")) await fillSignIn(page, email, PASSWORD);
    await expectDashboard(page, "Crash Solar");
    await expect(page.getByText("General Leads")).toBeVisible();
    await sleep(SECOND_DELIVERY_MS);
    await page.close();
    await second.stop();

    expect(
      await countRows(data.dir, ["tenants", "members", "pipelineStages", "campaigns", "emails"]),
    ).toEqual({ tenants: 1, members: 1, pipelineStages: 8, campaigns: 1, emails: 1 });
    data.remove();
  });
}
