import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { createProject, signIn, signInAsStaff } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

const PUBLIC_PAGES = ["/", "/pricing", "/signup", "/sign-in", "/forgot-password"];
const WORKSPACE_PAGES = [
  "/dashboard",
  "/leads",
  "/leads/campaigns",
  "/leads/import",
  "/contacts",
  "/contacts?tab=organizations",
  "/contacts?tab=duplicates",
  "/projects",
  "/projects?archived=1",
  "/tasks",
  "/documents/deleted",
  "/surveys",
  "/permits",
  "/permits/authorities",
  "/settings/company",
  "/settings/pipeline",
  "/settings/notifications",
  "/settings/team",
  "/settings/billing",
  "/settings/support",
  "/settings/audit",
];
const CONSOLE_PAGES = [
  "/admin",
  "/admin/tenants",
  "/admin/security",
  "/admin/security?view=events",
  "/admin/performance",
  "/admin/costs",
  "/admin/staff",
];
const PHONE = { width: 390, height: 844 };

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing wrong on the main pages (${colorScheme})`, async ({
    page,
    newCompany,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    for (const address of PUBLIC_PAGES) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
    await signIn(page, await newCompany());
    for (const address of WORKSPACE_PAGES) {
      await page.goto(address);
      await settled(page);
      await expectAccessible(page);
    }
    await createProject(page, "Accessible roof");
    await expect(page.getByText("Project created.")).toBeHidden();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Edit" }).click();
    await expect(page.getByRole("dialog", { name: "Edit project" })).toBeVisible();
    await expectAccessible(page);
  });
}

test("the staff console is as good: axe in light and dark, and on a phone", async ({
  page,
  newCompany,
  newStaff,
}) => {
  test.slow();
  await newCompany(`Long${"name".repeat(28)}`);
  await signInAsStaff(page, await newStaff("owner"));
  for (const address of CONSOLE_PAGES) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(address);
    await settled(page);
    await expectAccessible(page);
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
});

test("no page scrolls sideways on a phone", async ({ page, newCompany }) => {
  await page.setViewportSize(PHONE);
  for (const address of PUBLIC_PAGES) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  const company = await newCompany(`Long${"name".repeat(28)}`);
  await signIn(page, company);
  await createProject(page, `Roof ${"of a very long name ".repeat(5)}`.trim());
  await expectNoSidewaysScroll(page);
  for (const address of [...WORKSPACE_PAGES, "/account"]) {
    await page.goto(address);
    await settled(page);
    await expectNoSidewaysScroll(page);
  }
  await page.getByRole("button", { name: "Open menu" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Team" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Team" })).toBeVisible();
});

test("the workspace is used with the keyboard alone", async ({ page, newCompany }) => {
  await signIn(page, await newCompany());
  await page.goto("/projects");
  await settled(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Export" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "New project" }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "New project" });
  await expect(form.getByLabel("Project name")).toBeFocused();
  await page.keyboard.type("Keyboard roof");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Joan Miller");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Keyboard roof" })).toBeVisible();

  await page.getByRole("button", { name: "Move to stage" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Contract signed" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Site survey" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator('[aria-current="step"]')).toHaveText("Site survey");
});

/** Waits until the page's own data has replaced its skeletons. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
}
