import { expect, type Page } from "@playwright/test";
import { PASSWORD } from "./test.ts";

/** The code of every address that follows Clerk's test convention. */
export const TEST_CODE = "424242";

export type SignUp = {
  companyName: string;
  email: string;
  plan?: "Starter" | "Pro" | "Enterprise";
  name?: string;
  password?: string;
};

export async function fillSignUp(page: Page, entries: SignUp): Promise<void> {
  const { companyName, email, plan = "Starter", name = "Ada Tester" } = entries;
  await page.goto("/signup");
  await page.getByLabel("Company name").fill(companyName);
  await page.getByRole("radio", { name: plan }).check();
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(entries.password ?? PASSWORD);
}

/** The sign-up form and the code, up to the click that makes the account. */
export async function signUpToCode(page: Page, entries: SignUp): Promise<void> {
  await fillSignUp(page, entries);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
  await page.getByLabel("Code").fill(TEST_CODE);
}

/** The whole sign-up, up to the new company's dashboard. */
export async function signUp(page: Page, entries: SignUp): Promise<void> {
  await signUpToCode(page, entries);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expectDashboard(page, entries.companyName);
}

export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Signs one of Sunup's own people in, up to the console. */
export async function signInAsStaff(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/admin$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function signOut(page: Page, name = "Ada Tester"): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
}

export async function expectDashboard(page: Page, companyName: string): Promise<void> {
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByText(`Here is ${companyName}.`)).toBeVisible();
}

/** Creates a project through the form, and ends on its page. */
export async function createProject(page: Page, name: string, customer = "Joan Miller") {
  await page.goto("/projects");
  await page.getByRole("button", { name: "New project" }).click();
  const form = page.getByRole("dialog", { name: "New project" });
  await form.getByLabel("Project name").fill(name);
  await form.getByRole("textbox", { name: "Customer", exact: true }).fill(customer);
  await form.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** The Undo of the message that says what was just done. */
export function undoOf(page: Page, message: string) {
  return page
    .getByText(message, { exact: true })
    .locator("..")
    .getByRole("button", { name: "Undo" });
}
