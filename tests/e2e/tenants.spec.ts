import { api } from "../../convex/_generated/api.js";
import { createProject, signIn } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

test("a change is seen at once in another browser of the company, and never in another company", async ({
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
  await colleague.goto("/projects");
  await stranger.goto("/projects");
  await expect(colleague.getByText("No projects yet")).toBeVisible();
  await expect(stranger.getByText("No projects yet")).toBeVisible();

  await createProject(page, "Shared roof");
  await colleague.getByRole("link", { name: "Shared roof" }).click();
  await page.getByRole("button", { name: "Move to Design" }).click();
  await expect(colleague.locator('[aria-current="step"]')).toHaveText("Design");

  await colleague.getByRole("button", { name: "Edit" }).click();
  const form = colleague.getByRole("dialog", { name: "Edit project" });
  await form.getByLabel("Site address").fill("typed, not yet saved");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Project name").fill("Renamed roof");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(form.getByLabel("Project name")).toHaveValue("Renamed roof");
  await expect(form.getByLabel("Site address")).toHaveValue("typed, not yet saved");

  await expect(stranger.getByText("No projects yet")).toBeVisible();
  await stranger.goto("/dashboard");
  await expect(stranger.getByText("Here is Theirs Solar.")).toBeVisible();
  await expect(stranger.getByText(/roof/)).toHaveCount(0);
});

test("another company's project, an unknown one and a mistyped one are not found alike", async ({
  page,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  const client = await theirs.convex();
  const project = { name: "Their secret roof", customerName: "Joan Miller" };
  const foreign = await client.mutation(api.projects.create, project);

  await signIn(page, ours);
  const bodies: string[] = [];
  for (const id of [foreign, `${foreign.slice(0, -1)}x`, "1", "%F0%9F%8F%A0"]) {
    await page.goto(`/projects/${id}`);
    await expect(page.getByRole("heading", { name: "Project not found" })).toBeVisible();
    await expect(page.getByText("Their secret roof")).toHaveCount(0);
    bodies.push(await page.getByRole("main").innerText());
  }
  expect(new Set(bodies).size).toBe(1);
  await page.getByRole("link", { name: "Go to all projects" }).click();
  await expect(page.getByText("No projects yet")).toBeVisible();
  expect((await client.query(api.projects.get, { projectId: foreign })).name).toBe(project.name);
});
