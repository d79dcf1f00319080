import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { api } from "../../convex/_generated/api.js";
import { signIn, undoOf } from "./support/actions.ts";
import { type Company, expect, test } from "./support/test.ts";

async function addProjects(company: Company, names: string[]): Promise<void> {
  const client = await company.convex();
  for (const name of names) {
    await client.mutation(api.projects.create, {
      name,
      customerName: "Joan Miller",
      contractPriceCents: 1_000_00,
    });
  }
}

const column = (page: Page, stage: string) =>
  page.getByRole("listitem", { name: stage, exact: true });
const card = (page: Page, stage: string, project: string) =>
  column(page, stage).getByRole("link", { name: project });

test("a card moves by mouse, keyboard and menu, and another browser of the company sees it", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany();
  const other = await newCompany("Other Solar");
  await addProjects(company, ["Elm roof"]);
  await addProjects(other, ["Foreign roof"]);
  await signIn(page, company);
  await page.goto("/projects?view=board");
  const colleague = await newBrowser();
  await signIn(colleague, company);
  await colleague.goto("/projects?view=board");
  await expect(card(colleague, "Contract signed", "Elm roof")).toBeVisible();

  const from = (await card(page, "Contract signed", "Elm roof").boundingBox())!;
  const to = (await column(page, "Design").boundingBox())!;
  await page.mouse.move(from.x + 40, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 100, to.y + 120, { steps: 8 });
  await page.mouse.up();
  await expect(card(page, "Design", "Elm roof")).toBeVisible();
  await expect(card(colleague, "Design", "Elm roof")).toBeVisible();
  await expect(card(colleague, "Contract signed", "Elm roof")).toHaveCount(0);

  await column(page, "Design")
    .getByRole("button", { name: /with the keyboard/ })
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Elm roof is over the stage Design.")).toBeAttached();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText("Elm roof is over the stage Site survey.")).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(card(colleague, "Site survey", "Elm roof")).toBeVisible();

  await column(page, "Site survey").getByRole("button", { name: "Move Elm roof to …" }).click();
  await page.getByRole("menuitem", { name: "Permitting" }).click();
  await expect(card(colleague, "Permitting", "Elm roof")).toBeVisible();
  await expect(column(colleague, "Permitting")).toContainText("$1,000");
  await undoOf(page, "Moved to “Permitting”.").click();
  await expect(card(colleague, "Site survey", "Elm roof")).toBeVisible();
  await expect(page.getByText("Foreign roof")).toHaveCount(0);
});

test("a column shows its true count, and loads more as one scrolls", async ({
  page,
  newCompany,
}) => {
  const company = await newCompany();
  const TOTAL = 45;
  await addProjects(
    company,
    Array.from({ length: TOTAL }, (_, index) => `Roof ${index + 1}`),
  );
  await signIn(page, company);
  await page.goto("/projects?view=board");
  const contracts = column(page, "Contract signed");
  await expect(contracts.getByRole("banner").or(contracts.locator("header"))).toContainText("45");
  const cards = contracts.getByRole("link");
  await expect(cards.first()).toHaveText("Roof 45");
  for (let seen = await cards.count(); seen < TOTAL; seen = await cards.count()) {
    await cards.last().scrollIntoViewIfNeeded();
    await expect.poll(() => cards.count()).toBeGreaterThan(seen);
  }
  await expect(cards.last()).toHaveText("Roof 1");
});

test("the table is ordered and filtered by its address, and exports what it shows", async ({
  page,
  newCompany,
}) => {
  const company = await newCompany();
  await addProjects(company, ["zebra roof", "=Apple barn", "maple carport"]);
  await signIn(page, company);
  await page.goto("/projects?view=table");
  const names = page.getByRole("row").getByRole("link");
  await page.getByRole("button", { name: "Project", exact: true }).click();
  await expect(names).toHaveText(["=Apple barn", "maple carport", "zebra roof"]);
  await page.getByRole("button", { name: "Project", exact: true }).click();
  await expect(names).toHaveText(["zebra roof", "maple carport", "=Apple barn"]);
  await page.reload();
  await expect(names).toHaveText(["zebra roof", "maple carport", "=Apple barn"]);

  await page.getByLabel("Owner").selectOption("Mine");
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByLabel("Created from").fill("2020-01-01");
  await page.getByLabel("Financing").selectOption("Lease");
  await page.getByRole("button", { name: "Show projects" }).click();
  await expect(page.getByText("No projects fit these filters")).toBeVisible();
  await page.goBack();
  await expect(names).toHaveCount(3);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = readFileSync(await (await downloading).path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(file[0]).toMatch(/^\uFEFFNumber,Project,Customer/);
  expect(file.slice(1).map((row) => row.split(",")[1])).toEqual([
    "zebra roof",
    "maple carport",
    "'=Apple barn",
  ]);
});
