import type { Page } from "@playwright/test";
import { api } from "../../convex/_generated/api.js";
import { expectAccessible } from "./support/accessible.ts";
import { createProject, signIn } from "./support/actions.ts";
import { expectRefused } from "./support/problems.ts";
import { type Company, expect, test } from "./support/test.ts";

/** A project in a stage, made behind the scenes; its id. */
async function projectIn(company: Company, stageName: string, name: string): Promise<string> {
  const client = await company.convex();
  const stages = await client.query(api.pipelineStages.list, {});
  const stageId = stages.find((stage) => stage.name === stageName)?._id;
  return await client.mutation(api.projects.create, {
    ...{ name, customerName: "Joan Miller", stageId },
  });
}

const currentStage = (page: Page) => page.locator('[aria-current="step"]');
const panel = (page: Page) => page.getByRole("region", { name: "Permits and interconnection" });

test("a job waits at its gate until the permit went through its rounds, and no other company sees it", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  expectRefused("projects:moveToStage");
  const company = await newCompany();
  const other = await newCompany("Other Solar");
  await signIn(page, company);
  await createProject(page, "Elm roof");
  await page.getByRole("button", { name: "Move to Permitting" }).click();
  await expect(currentStage(page)).toHaveText("Permitting");
  await page.getByRole("button", { name: "Move to Installation" }).click();
  const held = page.getByRole("dialog", { name: "Not ready for “Installation” yet" });
  await expect(held).toContainText("No permit yet.");
  await expect(currentStage(page)).toHaveText("Permitting");
  await expectAccessible(page);
  await held.getByRole("link", { name: "Permit approved" }).click();
  await expect(held).toBeHidden();

  await panel(page).getByRole("button", { name: "Add" }).click();
  await page.getByRole("menuitem", { name: "Permit", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Add a permit" });
  await form.getByRole("combobox", { name: "AHJ" }).fill("Boise");
  await page.getByRole("option", { name: /^Add an AHJ/ }).click();
  const authority = page.getByRole("dialog", { name: "Add an authority" });
  await expect(authority.getByLabel("Name of the city or county")).toHaveValue("Boise");
  await authority.getByLabel("Portal").fill("javascript:alert(1)");
  await authority.getByRole("button", { name: "Add" }).click();
  await expect(authority.getByText(/Enter a web address/)).toBeVisible();
  await authority.getByLabel("Portal").fill("permits.boise.example");
  await authority.getByRole("button", { name: "Add" }).click();
  await expect(form.getByRole("combobox", { name: "AHJ" })).toHaveValue("Boise");
  await form.getByLabel("Fee (US$)").fill("412.50");
  await form.getByRole("button", { name: "Add", exact: true }).click();

  const permit = panel(page).getByRole("article", { name: "Building permit" });
  await expect(permit).toContainText("Fee $412.50");
  await permit.getByRole("button", { name: /^Mark as submitted/ }).click();
  await page.getByLabel("On", { exact: true }).fill("2026-01-05");
  await page.getByRole("button", { name: "Save" }).dblclick();
  await expect(permit).toContainText("since Jan 5, 2026");
  await permit.getByRole("button", { name: /^Record the answer/ }).click();
  await page.getByText("Sent back", { exact: true }).last().click();
  await page.getByLabel("On", { exact: true }).fill("2026-01-09");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Say what has to be corrected.")).toBeVisible();
  await page.getByLabel("What has to be corrected").fill("Rafter spacing");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(permit).toContainText("Rafter spacing");
  await permit.getByRole("button", { name: /^Mark as resubmitted/ }).click();
  await page.getByLabel("On", { exact: true }).fill("2026-01-12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(permit).toContainText("since Jan 12, 2026");

  await page.getByRole("link", { name: "Permits", exact: true }).click();
  const waiting = page.getByRole("list", { name: "Waiting" });
  await expect(waiting).toContainText("Waiting on Boise");
  await page.getByText("On you", { exact: true }).click();
  await expect(page.getByText("Nothing fits these filters")).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  const stranger = await newBrowser();
  await signIn(stranger, other);
  await stranger.goto("/permits");
  await expect(stranger.getByText("Nothing is waiting")).toBeVisible();
  await waiting.getByRole("link", { name: "Elm roof" }).click();

  await permit.getByRole("button", { name: /^Record the answer/ }).click();
  await page.getByLabel("On", { exact: true }).fill("2026-01-20");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(permit).toContainText("Approved on Jan 20, 2026");
  await page.getByRole("button", { name: "Move to Installation" }).click();
  await expect(currentStage(page)).toHaveText("Installation");
  await page.goto("/permits/authorities");
  await expect(page.getByRole("list", { name: "AHJs and utilities" })).toContainText(
    "Usually 8 days (1 approval)",
  );
  await stranger.goto("/permits/authorities");
  await expect(stranger.getByText("Nobody here yet")).toBeVisible();
});

test("a card that is dragged past a gate comes back; a manager moves it on with a reason, an installer cannot", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  expectRefused("projects:moveToStage");
  await page.setViewportSize({ width: 1800, height: 900 });
  const company = await newCompany();
  await projectIn(company, "Permitting", "Oak roof");
  await signIn(page, await newColleague(company, ["Installer"], "Ines Taller"));
  const column = (on: Page, stage: string) =>
    on.getByRole("listitem", { name: stage, exact: true }).getByRole("link", { name: "Oak roof" });
  await page.goto("/projects?view=board");
  const from = (await column(page, "Permitting").boundingBox())!;
  const goal = page.getByRole("listitem", { name: "Installation", exact: true });
  const to = (await goal.boundingBox())!;
  await page.mouse.move(from.x + 40, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 100, to.y + 120, { steps: 8 });
  await page.mouse.up();
  // The board scrolls on under a card at its edge; every column behind Permitting is held back.
  const held = page.getByRole("dialog", { name: /^Not ready for “(Installation|Inspection)” yet/ });
  await expect(held).toContainText("A manager can move it all the same.");
  await expect(held.getByRole("button", { name: "Move anyway" })).toHaveCount(0);
  await held.getByRole("button", { name: "OK" }).click();
  await expect(column(page, "Permitting")).toBeVisible();

  const manager = await newBrowser();
  await signIn(manager, await newColleague(company, ["Manager"], "Mona Nagel"));
  await manager.goto("/projects?view=board");
  await manager.getByRole("button", { name: "Move Oak roof to …" }).click();
  await manager.getByRole("menuitem", { name: "Installation" }).click();
  const question = manager.getByRole("dialog", { name: "Not ready for “Installation” yet" });
  await question.getByRole("button", { name: "Move anyway" }).click();
  await expect(question.getByText("Say why the job goes on without it.")).toBeVisible();
  await question.getByLabel("Reason to move it all the same").fill("The permit is on paper");
  await question.getByRole("button", { name: "Move anyway" }).click();
  await expect(column(page, "Installation")).toBeVisible();
  await column(page, "Installation").click();
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("although this was missing: Permit approved");
  await expect(timeline).toContainText("“The permit is on paper”");
});

test("a company asks for a line of its own at a stage, and a tick on the job opens the way", async ({
  page,
  newCompany,
}) => {
  expectRefused("projects:moveToStage");
  const company = await newCompany();
  const projectId = await projectIn(company, "Design", "Ash roof");
  await signIn(page, company);
  await page.goto("/settings/pipeline");
  await page.getByRole("button", { name: "What to do with Design" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit stage" });
  await form.getByRole("button", { name: "Add a line to tick" }).click();
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(form.getByText("Say what has to be done.")).toBeVisible();
  await form.getByLabel("Line 1 to tick").fill("HOA letter received");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Stage saved.")).toBeVisible();

  await page.goto(`/projects/${projectId}`);
  await page.getByRole("button", { name: "Move to Permitting" }).click();
  const held = page.getByRole("dialog", { name: "Not ready for “Permitting” yet" });
  await held.getByRole("link", { name: "HOA letter received" }).click();
  await page.getByRole("checkbox", { name: "HOA letter received" }).check();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText(
    "ticked “HOA letter received”",
  );
  await page.getByRole("button", { name: "Move to Permitting" }).click();
  await expect(currentStage(page)).toHaveText("Permitting");
});
