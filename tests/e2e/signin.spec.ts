import { expectDashboard, fillSignIn, signIn, signOut } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

test("signing in, reloading, signing out and in again", async ({ page, newCompany }) => {
  const company = await newCompany("Session Solar");
  await signIn(page, company);
  await page.reload();
  await expectDashboard(page, "Session Solar");
  await signOut(page);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in\?redirect_url=/);
  await fillSignIn(page, company.email, company.password);
  await expectDashboard(page, "Session Solar");
});

test("two browsers are signed in at once, and signing out of one leaves the other", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany("Two Browsers Solar");
  const other = await newBrowser();
  await Promise.all([signIn(page, company), signIn(other, company)]);
  await signOut(page);
  await other.reload();
  await expectDashboard(other, "Two Browsers Solar");
});

test("a wrong password and an unknown address are refused with a sentence", async ({
  page,
  newCompany,
}) => {
  const { email } = await newCompany();
  const refusal = page.getByText("This e-mail address and password do not belong together.");
  for (const address of [email, "nobody+clerk_test@e2e.example"]) {
    await page.goto("/sign-in");
    await fillSignIn(page, address, "not-the-password-1");
    await expect(refusal).toBeVisible();
  }
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a page asked for while signed out opens after signing in", async ({ page, newCompany }) => {
  const company = await newCompany();
  await page.goto("/projects?archived=1");
  await expect(page).toHaveURL(/\/sign-in/);
  await fillSignIn(page, company.email, company.password);
  await expect(page).toHaveURL(/\/projects\?archived=1$/);
  await expect(page.getByRole("radio", { name: "Archived" })).toBeChecked();
});

test("a redirect to another site is not followed", async ({ page, newCompany }) => {
  const company = await newCompany("No Redirect Solar");
  await page.goto("/sign-in?redirect_url=https%3A%2F%2Fevil.example%2F");
  await fillSignIn(page, company.email, company.password);
  await expectDashboard(page, "No Redirect Solar");
});

test("a forgotten password is replaced with a code from the e-mail", async ({
  page,
  newCompany,
}) => {
  const { email } = await newCompany("Forgetful Solar");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgotten it?" }).click();
  await expect(page.getByRole("heading", { name: "Forgotten your password?" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code").fill("424242");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("New password", { exact: true }).fill("new-rooftop-panels-8");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expectDashboard(page, "Forgetful Solar");
  await signOut(page);
  await signIn(page, { email, password: "new-rooftop-panels-8" });
});
