import type { Page } from "@playwright/test";
import { DEFAULT_STAGES } from "../../lib/stages.ts";
import { fillSignUp, signUp, signUpToCode } from "./support/actions.ts";
import { expect, PASSWORD, test, uniqueEmail } from "./support/test.ts";

test("a company signs up and gets its own workspace, complete", async ({ page }) => {
  const email = uniqueEmail();
  await signUpToCode(page, { companyName: "Ridge Solar", email, plan: "Pro" });
  await page.getByRole("button", { name: "Confirm" }).click();

  await expect(page).toHaveURL(/\/onboarding$/);
  await expect(page.getByText("Workspace for Ridge Solar")).toBeVisible();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByText("Here is Ridge Solar.")).toBeVisible();
  const sidebar = page.locator("#sidebar");
  await expect(sidebar.getByText("System Administrator")).toBeVisible();
  await expect(sidebar.getByText("Pro", { exact: true })).toBeVisible();
  for (const { name } of DEFAULT_STAGES) {
    await expect(page.getByRole("link", { name: new RegExp(`^${name} 0`) })).toBeVisible();
  }
  await expect(page.getByText("General Leads")).toBeVisible();
  await expect(page.getByText("No projects yet")).toBeVisible();

  await page.getByRole("link", { name: "Team" }).click();
  await expect(page.getByText(email).first()).toBeVisible();
});

test("a code that is not the test code comes from the mailbox, and a wrong one is refused", async ({
  page,
  request,
  stack,
}) => {
  const email = uniqueEmail().replace("+clerk_test", "");
  await signUpToCode(page, { companyName: "Mailbox Solar", email });
  const { code } = await newestMail();
  await page.getByLabel("Code").fill(code === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByLabel("Code")).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL(/\/signup/);

  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Here is Mailbox Solar.")).toBeVisible();

  async function newestMail(): Promise<{ code: string }> {
    const answer = await request.get(`${stack.mailboxUrl}.json?to=${encodeURIComponent(email)}`);
    const [mail] = (await answer.json()) as { code: string | null }[];
    if (!mail?.code)
      throw new Error(`The mailbox has no code for ${email}: ${JSON.stringify(mail)}`);
    const { code } = mail;
    return { code };
  }
});

test("the form marks what is missing, and asks Clerk nothing until it is right", async ({
  page,
}) => {
  await page.goto("/signup");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Enter your company's name.")).toBeVisible();
  await expect(page.getByText("Use at least 8 characters.")).toBeVisible();
  await expect(page.getByLabel("Company name")).toBeFocused();
});

test("an address that has an account already is told so at its field", async ({
  page,
  newCompany,
}) => {
  const { email } = await newCompany();
  await fillSignUp(page, { companyName: "Second Try Solar", email });
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL(/\/signup$/);
});

test("a company name of 10,000 characters is refused at its field", async ({ page }) => {
  await fillSignUp(page, { companyName: "S".repeat(10_000), email: uniqueEmail() });
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("The company's name can have at most 120 characters.")).toBeVisible();
});

for (const companyName of [
  "☀️🏠🔋",
  "شركة الشمس للطاقة",
  "太陽光工事",
  "Zoë & Søn's <b>Solar</b>",
]) {
  test(`a company may be called ${companyName}`, async ({ page }) => {
    await signUp(page, { companyName, email: uniqueEmail() });
    await expect(page.locator("#sidebar").getByText(companyName)).toBeVisible();
  });
}

test("two companies of one name sign up at once and stay two", async ({ page, newBrowser }) => {
  const other = await newBrowser();
  const companyName = "Twin Peaks Solar";
  await Promise.all([
    signUpToCode(page, { companyName, email: uniqueEmail() }),
    signUpToCode(other, { companyName, email: uniqueEmail() }),
  ]);
  await Promise.all([confirm(page), confirm(other)]);
  await page.getByRole("button", { name: "Create your first project" }).click();
  const form = page.getByRole("dialog", { name: "New project" });
  await form.getByLabel("Project name").fill("Only ours");
  await form.getByRole("textbox", { name: "Customer", exact: true }).fill("Joan Miller");
  await form.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Only ours" })).toBeVisible();
  await other.goto("/projects");
  await expect(other.getByText("No projects yet")).toBeVisible();

  async function confirm(at: Page): Promise<void> {
    await at.getByRole("button", { name: "Confirm" }).click();
    await expect(at.getByText(`Here is ${companyName}.`)).toBeVisible();
  }
});

test("a double click on every button makes one account and one company", async ({ page }) => {
  const email = uniqueEmail();
  await fillSignUp(page, { companyName: "Double Solar", email, password: PASSWORD });
  await page.getByRole("button", { name: "Create account" }).dblclick();
  await page.getByLabel("Code").fill("424242");
  await page.getByRole("button", { name: "Confirm" }).dblclick();
  await expect(page.getByText("Here is Double Solar.")).toBeVisible();
  await page.getByRole("link", { name: "Team" }).click();
  await expect(page.getByText(email, { exact: true })).toHaveCount(2);
});
