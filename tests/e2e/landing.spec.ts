import { expect, test } from "./support/test.ts";

test("the landing page says what Sunup is and leads to signing up and in", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Sunup/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(/solar installation companies/).first()).toBeVisible();

  await page.getByRole("link", { name: "Create your company" }).first().click();
  await expect(page).toHaveURL(/\/signup$/);
  await page.goBack();
  await page.getByRole("link", { name: "Sign in" }).first().click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("the landing page shows the plans with their prices, and a chosen plan is preselected", async ({
  page,
}) => {
  await page.goto("/");
  const plans = page.getByRole("heading", { name: "Plans", exact: true }).locator("..");
  await expect(plans.getByText(/\$99/)).toBeVisible();
  await page.getByRole("link", { name: "Try 14 days free" }).click();
  await expect(page.getByRole("radio", { name: "Pro" })).toBeChecked();
});

test("an address that leads nowhere says so and leads back", async ({ page, newCompany }) => {
  const company = await newCompany();
  await page.goto("/sign-in?redirect_url=/no-such-page");
  await page.getByLabel("E-mail address").fill(company.email);
  await page.getByLabel("Password", { exact: true }).fill(company.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/no-such-page$/);
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
});
