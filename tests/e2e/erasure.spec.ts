import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { createProject, signIn, signInAsStaff } from "./support/actions.ts";
import { expectRefused } from "./support/problems.ts";
import { expect, test } from "./support/test.ts";

test("two of the staff erase a company: its open browser is out, and a certificate is left", async ({
  page,
  newBrowser,
  newCompany,
  newStaff,
}) => {
  // The member's open page tries to set a company up again, and is told that the account is gone.
  expectRefused("onboarding:ensureTenant");
  const name = `Farewell ${Date.now()}`;
  const ours = await newCompany(name);
  const member = await newBrowser();
  await signIn(member, ours);
  await createProject(member, "Last roof");

  await signInAsStaff(page, await newStaff("operator", "Robin Hale"));
  await page.getByRole("link", { name: "Companies" }).click();
  await page.getByRole("searchbox", { name: "Find a company" }).fill(name);
  await expect(page).toHaveURL(/q=Farewell/);
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("button", { name: "Erase now…" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase this company" });
  await dialog.getByLabel("Company name").fill(name);
  await dialog.getByLabel("Reason").fill("A letter of Nov 20");
  await dialog.getByRole("button", { name: "Ask for the erasure" }).click();
  await expect(page.getByText("somebody else of the staff has to confirm")).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm the erasure…" })).toHaveCount(0);
  await expectAccessible(page);

  const second = await newBrowser();
  await signInAsStaff(second, await newStaff("owner", "Kim Second"));
  await second.getByRole("link", { name: "Erasures" }).click();
  await second.getByRole("link", { name }).click();
  await expect(second.getByText("A letter of Nov 20")).toBeVisible();
  await second.getByRole("button", { name: "Confirm the erasure…" }).click();
  await second.getByRole("button", { name: "Erase everything" }).click();

  await expect(member.getByText("Last roof")).toHaveCount(0);
  await expect(second.getByRole("heading", { name: "Certificate of erasure" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(second.getByText("no trace of the company’s id was left")).toBeVisible();
  await expect(second.getByText("Kim Second").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Company not found" })).toBeVisible();
  await expectAccessible(second);
  await second.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(second);

  await member.goto("/sign-in");
  await expect(member.getByLabel("E-mail address")).toBeVisible();
});
