import { ensureStaff } from "../../local/launcher/localAccounts.ts";
import { fillSignIn, signIn } from "./support/actions.ts";
import { expect, PASSWORD, test, uniqueEmail } from "./support/test.ts";

test("staff see how functions do and what a company costs, some seconds after it worked", async ({
  stack,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany("Costly Solar");
  const crew = await newBrowser();
  await signIn(crew, company);
  await crew.goto("/projects");
  await expect(crew.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();

  const email = uniqueEmail();
  await ensureStaff(stack, { name: "Robin Hale", email, password: PASSWORD, level: "support" });
  const staff = await newBrowser();
  await staff.goto("/sign-in");
  await fillSignIn(staff, email, PASSWORD);
  await expect(staff).not.toHaveURL(/sign-in/);
  await staff.goto("/admin/performance");
  const functions = staff.getByRole("table", { name: "Functions" });
  // Every page asks it, so that it is among the most called ones whatever else happened.
  const row = functions.getByRole("row").filter({ hasText: "members:me" });
  await expect(row.getByRole("cell", { name: / ms$/ })).toHaveCount(3);

  await row.getByRole("button", { name: "members:me" }).click();
  const history = staff.getByRole("dialog", { name: "members:me" });
  await expect(history.getByText("Documents a call")).toBeVisible();
  await staff.keyboard.press("Escape");

  await staff.getByRole("link", { name: "Costs" }).click();
  await expect(staff.getByRole("table", { name: "Companies by cost" })).toBeVisible();
  const cost = staff.getByRole("row").filter({ hasText: company.companyName });
  // Dearest first: other companies of this deployment may fill the first pages.
  const more = staff.getByRole("button", { name: "Load more" });
  await expect(async () => {
    if (!(await cost.isVisible())) await more.click({ timeout: 1_000 });
    await expect(cost.getByRole("cell", { name: /^\$0\.\d{2,4}$/ })).toBeVisible({
      timeout: 2_000,
    });
  }).toPass({ timeout: 20_000 });
});
