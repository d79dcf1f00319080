import { api } from "../../convex/_generated/api.js";
import { createProject, signIn, undoOf } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

test("a project is created, with its form checked first", async ({ page, newCompany }) => {
  await signIn(page, await newCompany());
  await page.getByRole("button", { name: "Create your first project" }).click();
  const form = page.getByRole("dialog", { name: "New project" });
  await form.getByRole("button", { name: "Create project" }).click();
  await expect(form.getByText("Give the project a name.")).toBeVisible();
  await expect(form.getByText("Enter the customer's name.")).toBeVisible();
  await expect(form.getByLabel("Project name")).toBeFocused();

  await form.getByLabel("Project name").fill("Maple Street roof");
  await form.getByRole("textbox", { name: "Customer", exact: true }).fill("Joan Miller");
  await form.getByLabel("Customer’s e-mail").fill("not an address");
  await form.getByLabel("System size (kW DC)").fill("8.4");
  await form.getByLabel("Contract price (US$)").fill("24500");
  await form.getByRole("button", { name: "Create project" }).click();
  await expect(form.getByText(/Enter a valid e-mail address/)).toBeVisible();
  await form.getByLabel("Customer’s e-mail").fill("joan@customer.example");
  await form.getByRole("button", { name: "Create project" }).dblclick();

  await expect(page.getByRole("heading", { level: 1, name: "Maple Street roof" })).toBeVisible();
  await expect(page.getByText("P-0001")).toBeVisible();
  await expect(page.getByText("8.4 kW DC")).toBeVisible();
  await expect(page.getByText("$24,500")).toBeVisible();
  await page.goto("/projects");
  await expect(page.getByRole("link", { name: "Maple Street roof" })).toHaveCount(1);
});

test("a project is edited, moved, archived and restored", async ({ page, newCompany }) => {
  await signIn(page, await newCompany());
  await createProject(page, "Elm Street roof");

  await page.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit project" });
  await form.getByLabel("Project name").fill("Elm Street carport");
  await form.getByLabel("Site address").fill("12 Elm Street");
  await form.getByRole("button", { name: "Save changes" }).dblclick();
  await expect(page.getByRole("heading", { level: 1, name: "Elm Street carport" })).toBeVisible();
  await expect(page.getByRole("definition").getByText("12 Elm Street")).toBeVisible();

  await page.getByRole("button", { name: "Move to Design" }).click();
  await expect(page.locator('[aria-current="step"]')).toHaveText("Design");
  await page.getByRole("button", { name: "Move to stage" }).click();
  await page.getByRole("menuitem", { name: "Permitting" }).click();
  await expect(page.locator('[aria-current="step"]')).toHaveText("Permitting");
  await undoOf(page, "Moved to “Permitting”.").click();
  await expect(page.locator('[aria-current="step"]')).toHaveText("Design");

  await page.getByRole("button", { name: "Archive", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Archive this project?" });
  await question.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("button", { name: "Restore" })).toBeVisible();
  await page.goto("/projects");
  await expect(page.getByText("No projects yet")).toBeVisible();
  await page.getByText("Archived", { exact: true }).click();
  await page.getByRole("link", { name: "Elm Street carport" }).click();
  await page.getByRole("button", { name: "Restore" }).dblclick();
  await expect(page.getByRole("button", { name: "Archive", exact: true })).toBeVisible();
  await page.goto("/projects");
  await expect(page.getByRole("link", { name: "Elm Street carport" })).toBeVisible();
});

test("details are changed where they stand, seen by a colleague, and told in the timeline", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany();
  await signIn(page, company);
  await createProject(page, "Oak Street roof");
  const colleague = await newBrowser();
  await signIn(colleague, company);
  await colleague.goto(new URL(page.url()).pathname);

  await page.getByRole("button", { name: "Change Main panel" }).click();
  await page.getByRole("textbox", { name: "Main panel" }).fill("200");
  await page.keyboard.press("Enter");
  await expect(colleague.getByRole("definition").getByText("200 A")).toBeVisible();
  await expect(page.getByRole("button", { name: "Change Main panel" })).toBeFocused();

  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Main panel" }).fill("2");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Enter the main panel's amps from 30 to 6000.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("definition").getByText("200 A")).toBeVisible();

  await page.getByRole("button", { name: "Change Financing" }).click();
  await page.getByRole("combobox", { name: "Financing" }).selectOption("Loan");
  await page.keyboard.press("Enter");
  await page.getByLabel("Owner").selectOption("Nobody");
  const timeline = colleague.getByRole("region", { name: "Timeline" });
  await expect(timeline.getByRole("listitem").first()).toContainText("Owner: Ada Tester nothing");
  await expect(timeline).toContainText("Financing: nothing Loan");
  await expect(timeline).toContainText("Main panel: nothing 200 A");
});

test("the list is paginated, newest first, and filtered by stage", async ({ page, newCompany }) => {
  const company = await newCompany();
  const client = await company.convex();
  const stages = await client.query(api.pipelineStages.list, {});
  const TOTAL = 60;
  for (let number = 1; number <= TOTAL; number += 1) {
    await client.mutation(api.projects.create, {
      name: `Roof ${number}`,
      customerName: "Joan Miller",
      stageId: stages[number % 10 === 0 ? 1 : 0]?._id,
    });
  }
  await signIn(page, company);
  await page.goto("/projects");
  const names = page.getByRole("row").getByRole("link");
  await expect(names.first()).toHaveText("Roof 60");
  await expect(names).toHaveCount(25);
  // While the end of the list is still near when a page has come, the next one comes too.
  await page.mouse.wheel(0, 100_000);
  await expect(names.nth(49)).toBeVisible();
  await page.mouse.wheel(0, 100_000);
  await expect(names).toHaveCount(TOTAL);
  await expect(names.last()).toHaveText("Roof 1");
  await expect(page.getByRole("button", { name: "Load more" })).toHaveCount(0);

  await page.getByLabel("Stage").selectOption("Site survey");
  await expect(names).toHaveText([60, 50, 40, 30, 20, 10].map((number) => `Roof ${number}`));
  await page.reload();
  await expect(names).toHaveCount(6);
  await page.getByLabel("Stage").selectOption("Completed");
  await expect(page.getByText("No projects in “Completed”")).toBeVisible();
  await page.getByRole("button", { name: "Show all active projects" }).click();
  await expect(names).toHaveCount(25);
});
