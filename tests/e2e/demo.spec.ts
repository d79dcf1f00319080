import { DEMO_COMPANIES, DEMO_PASSWORD } from "../../local/launcher/demo/companies.ts";
import { launch } from "../support/launch.ts";
import { expectDashboard, signIn } from "./support/actions.ts";
import { temporaryData } from "./support/ownStack.ts";
import { PORTS } from "./support/stack.ts";
import { expect, test as base } from "./support/test.ts";

const test = base.extend({
  stack: async ({}, use) => {
    const data = temporaryData();
    const launched = launch(["--port", String(PORTS.demo), "--data", data.dir]);
    await use(await launched.ready);
    await launched.stop();
    data.remove();
  },
});

test("both demo accounts sign in and see their own company's projects", async ({ newBrowser }) => {
  for (const { companyName, admin, projects } of DEMO_COMPANIES) {
    const page = await newBrowser();
    await signIn(page, { email: admin.email, password: DEMO_PASSWORD });
    await expectDashboard(page, companyName);
    await page.goto("/projects");
    await expect(page.getByRole("row").getByRole("link")).toHaveText(
      projects.map(({ name }) => name).reverse(),
    );
  }
});
