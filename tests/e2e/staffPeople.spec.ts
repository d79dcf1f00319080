import { expectAccessible } from "./support/accessible.ts";
import { signIn, signInAsStaff } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

test("an owner manages the staff; to everybody else the console does not exist", async ({
  page,
  newBrowser,
  newCompany,
  newStaff,
}) => {
  const person = await newStaff("support", "Sasha Support");
  const colleague = await newBrowser();
  await signInAsStaff(colleague, person);
  await expect(colleague.getByRole("link", { name: "Staff", exact: true })).toHaveCount(0);

  await signInAsStaff(page, await newStaff("owner"));
  await page.getByRole("link", { name: "Staff", exact: true }).click();
  await expect(page.getByText(person.email)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Level of Sasha Support").selectOption("Operator");
  await expect(colleague.getByText("Operator", { exact: true })).toBeVisible();

  const ours = await newCompany("Customer Solar");
  await page.getByLabel("E-mail address").fill(ours.email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/belongs to a company/)).toBeVisible();
  await page.getByRole("button", { name: `Dismiss ${ours.email}` }).click();
  await page.getByLabel("E-mail address").fill("nobody@e2e.example");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/No account has this confirmed address/)).toBeVisible();
  await page.getByRole("button", { name: "Dismiss nobody@e2e.example" }).click();

  await page.getByRole("button", { name: "Remove Sasha Support" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(person.email)).toHaveCount(0);
  await expect(colleague.getByRole("heading", { name: "There is no such page" })).toBeVisible();

  // The address of the account that lost it brings it back.
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("list", { name: "On the staff" })).toContainText(person.email);

  const customer = await newBrowser();
  await signIn(customer, ours);
  for (const path of ["/admin", "/admin/tenants", "/admin/staff"]) {
    expect((await customer.goto(path))?.status()).toBe(404);
  }
});
