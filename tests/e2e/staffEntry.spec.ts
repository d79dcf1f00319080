import { api } from "../../convex/_generated/api.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { createProject, fillSignIn, signIn } from "./support/actions.ts";
import { type Company, expect, type Person, test } from "./support/test.ts";
import type { Page } from "@playwright/test";

async function consolePageOf(company: Company): Promise<string> {
  const { tenant } = await (await company.convex()).query(api.members.me, {});
  return `/admin/tenants/${tenant._id}`;
}

async function signInToConsole(page: Page, staff: Person): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, staff.email, staff.password);
  await expect(page).toHaveURL(/\/admin$/);
}

async function enter(page: Page, reason: string, help = false): Promise<void> {
  await page.getByRole("button", { name: "Enter this company…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Enter / });
  await dialog.getByLabel("Why do you enter?").fill(reason);
  if (help) await dialog.getByRole("radio", { name: /^To help/ }).check();
  await dialog.getByRole("button", { name: "Enter" }).click();
}

const bannerOf = (page: Page) => page.getByRole("region", { name: "Staff in a company" });

test("staff wait for an administrator's consent, look around, and are out at once when sent out", async ({
  page: admin,
  newBrowser,
  newCompany,
  newStaff,
}) => {
  const ours = await newCompany("Ours Solar");
  const robin = await newStaff("support", "Robin Hale");
  const staff = await newBrowser();
  await signIn(admin, ours);
  await createProject(admin, "Miller roof");
  await signInToConsole(staff, robin);

  await admin.goto("/settings/support");
  const consent = admin.getByRole("switch", { name: /need an administrator’s consent/ });
  await consent.check();
  await expectAccessible(admin);
  const console = await consolePageOf(ours);
  await staff.goto(console);
  await enter(staff, "You asked why a lead came in twice");
  await expect(staff.getByText("Waiting until an administrator of Ours Solar")).toBeVisible();
  await admin.getByRole("button", { name: "Allow Robin Hale to enter" }).first().click();

  await staff.getByRole("link", { name: "Open its workspace" }).click();
  await expect(staff.getByText("Here is Ours Solar.")).toBeVisible();
  await expect(bannerOf(staff)).toContainText("You are in Ours Solar as Sunup staff, read only.");
  await expect(bannerOf(staff)).toContainText("You asked why a lead came in twice");
  await expect(staff.getByRole("button", { name: "New project" })).toHaveCount(0);
  await expectAccessible(staff);
  await staff.getByRole("link", { name: "Miller roof" }).first().click();
  await expect(staff.getByRole("heading", { level: 1, name: "Miller roof" })).toBeVisible();
  await expect(staff.getByRole("button", { name: "Archive" })).toHaveCount(0);
  await staff.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(staff);
  await expect(bannerOf(staff)).toBeInViewport();
  await staff.goto("/settings/support");
  await expect(staff.getByRole("heading", { name: "Not allowed" })).toBeVisible();

  await admin.getByRole("button", { name: "End the stay of Robin Hale now" }).first().click();
  await expect(staff).toHaveURL(console);
  await expect(staff.getByRole("button", { name: "Enter this company…" })).toBeVisible();
  await expect(admin.getByRole("list", { name: "Who was here" })).toContainText(
    "Ended by Ada Tester",
  );
});

test("an operator helps under their own name, and leaves", async ({
  page: admin,
  newBrowser,
  newCompany,
  newStaff,
}) => {
  const ours = await newCompany("Ours Solar");
  const kim = await newStaff("operator", "Kim Reyes");
  const staff = await newBrowser();
  await signIn(admin, ours);
  await createProject(admin, "Miller roof");
  const project = new URL(admin.url()).pathname;
  await signInToConsole(staff, kim);
  const console = await consolePageOf(ours);
  await staff.goto(console);
  await enter(staff, "You asked us to archive it", true);
  await expect(bannerOf(staff)).toContainText("You are in Ours Solar as Sunup staff, to help.");
  await expect(
    admin.getByRole("status").filter({ hasText: "Kim Reyes of Sunup is in Ours Solar" }),
  ).toBeVisible();

  await staff.goto(project);
  await staff.getByRole("button", { name: "Archive" }).click();
  const sure = staff.getByRole("dialog");
  await sure.getByRole("button", { name: "Archive" }).click();
  await expect(admin.getByText(/^Archived on/)).toBeVisible();
  await expect(admin.getByText("Kim Reyes (Sunup)").first()).toBeVisible();
  await bannerOf(staff).getByRole("button", { name: "Leave" }).click();
  await expect(staff).toHaveURL(console);
  await expect(admin.getByText("Kim Reyes of Sunup is in")).toHaveCount(0);
});
