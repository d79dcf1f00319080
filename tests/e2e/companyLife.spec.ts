import { api, internal } from "../../convex/_generated/api.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { createProject, signIn } from "./support/actions.ts";
import { runInternal } from "./support/runInternal.ts";
import { expect, test, type Company } from "./support/test.ts";

async function tenantIdOf(company: Company) {
  const { tenant } = await (await company.convex()).query(api.members.me, {});
  return tenant._id;
}

test("closing a company shows in every browser of it at once, in no other company's, and is taken back", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  const colleague = await newBrowser();
  const stranger = await newBrowser();
  await signIn(page, ours);
  await signIn(colleague, ours);
  await signIn(stranger, theirs);

  await page.goto("/settings/danger");
  await page.getByRole("button", { name: "Close the company…" }).click();
  const dialog = page.getByRole("dialog", { name: "Close this company?" });
  await dialog.getByLabel("Type the company’s name").fill("Theirs Solar");
  await dialog.getByRole("button", { name: "Close in 30 days" }).click();
  await expect(dialog.getByText("That is not the company's name.")).toBeVisible();
  await expect(colleague.getByText(/will be closed on/)).toHaveCount(0);

  await dialog.getByLabel("Type the company’s name").fill("Ours Solar");
  await dialog.getByLabel("Why are you closing it?").fill("Retiring");
  await dialog.getByRole("button", { name: "Close in 30 days" }).dblclick();
  const banner = colleague.getByRole("status").filter({ hasText: "Ours Solar will be closed on" });
  await expect(banner).toContainText("Ada Tester asked for it");
  await expect(page.getByRole("heading", { name: "This company will be closed" })).toBeVisible();
  await createProject(colleague, "Roof before the end");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expect(stranger.getByText(/will be closed/)).toHaveCount(0);

  await colleague.getByRole("button", { name: "Keep the company" }).click();
  await expect(colleague.getByText("The company stays open.")).toBeVisible();
  await expect(colleague.getByText(/will be closed on/)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Close the company…" })).toBeVisible();
  await expect(page.getByText(/will be closed on/)).toHaveCount(0);
});

test("a suspended company's members see why at once, and are back where they were when it is opened", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  const stranger = await newBrowser();
  await signIn(page, ours);
  await signIn(stranger, theirs);
  await createProject(page, "Untouched roof");
  const tenantId = await tenantIdOf(ours);

  const reason = "The card was reported stolen";
  await runInternal(internal.tenantLifecycle.suspend, { tenantId, staffName: "Sam", reason });
  await expect(page.getByRole("heading", { name: "This company is paused" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(`The reason: “${reason}”`);
  await expect(page.getByRole("main")).toContainText("Write to Sunup’s support");
  await expect(page.getByText("Untouched roof")).toHaveCount(0);
  await expectAccessible(page);
  await expect(stranger.getByText("Here is Theirs Solar.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "This company is paused" })).toBeVisible();

  const found = { tenantId, staffName: "Sam", reason: "It was found" };
  await runInternal(internal.tenantLifecycle.reactivate, found);
  await expect(page.getByRole("heading", { level: 1, name: "Untouched roof" })).toBeVisible();
});
