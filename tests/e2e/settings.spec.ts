import type { Locator, Page } from "@playwright/test";
import { api } from "../../convex/_generated/api.js";
import { signIn } from "./support/actions.ts";
import { png } from "./support/png.ts";
import { expect, test } from "./support/test.ts";

async function open(page: Page, tab: "company" | "pipeline" | "notifications"): Promise<void> {
  await page.goto(`/settings/${tab}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
}

async function chooseLogo(page: Page, buffer: Buffer, name = "logo.png", mimeType = "image/png") {
  await page.getByLabel("Logo file").setInputFiles({ name, mimeType, buffer });
}

/** True when the browser could decode the picture: the address alone would not show it. */
async function isShown(image: Locator): Promise<boolean> {
  return await image.evaluate((element: HTMLImageElement) => element.naturalWidth > 0);
}

test("profile and logo are saved, seen in the company's other browser at once, and in no other company", async ({
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
  await open(stranger, "company");

  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/\/settings\/company$/);
  await page.getByLabel("Company name").fill("Ours Solar & Storage");
  await page.getByLabel("Website").fill("nowhere");
  await page.getByRole("button", { name: "Add a licence" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(/Enter a web address/)).toBeVisible();
  await expect(page.getByText("Choose the licence's state.")).toBeVisible();
  await expect(page.getByLabel("Website")).toBeFocused();
  await page.getByLabel("Website").fill("ours.example");
  await page.getByLabel("State of licence 1").selectOption("CA");
  await page.getByLabel("Number of licence 1").fill("C46 1034567");
  await page.getByRole("combobox", { name: "Time zone" }).fill("Denver");
  await page.getByRole("option", { name: "Mountain Time (Denver)" }).click();
  await page.getByRole("button", { name: "Save changes" }).dblclick();
  await expect(page.getByText("Company profile saved.")).toBeVisible();

  await expect(colleague.getByText("Here is Ours Solar & Storage.")).toBeVisible();
  await chooseLogo(page, png(250, 160, 20));
  await expect(page.getByRole("img", { name: "The new logo" })).toBeVisible();
  await page.getByRole("button", { name: "Save logo" }).click();
  const inSidebar = colleague
    .getByRole("complementary", { name: "Sidebar" })
    .getByRole("img", { name: "Logo of Ours Solar & Storage" });
  await expect(inSidebar).toBeVisible();
  await expect.poll(() => isShown(inSidebar)).toBe(true);
  await page.reload();
  await expect(page.getByLabel("Website")).toHaveValue("https://ours.example");
  await expect(page.getByLabel("Number of licence 1")).toHaveValue("C46 1034567");
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue(
    "Mountain Time (Denver)",
  );

  await expect(stranger.getByLabel("Company name")).toHaveValue("Theirs Solar");
  await expect(stranger.getByText(/Ours|C46/)).toHaveCount(0);
  await expect(stranger.getByRole("img", { name: /Logo of/ })).toHaveCount(0);
});

test("a logo is opened by its own company only, and by nobody once it is replaced", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const stranger = await newBrowser();
  await signIn(page, await newCompany("Ours Solar"));
  await signIn(stranger, await newCompany("Theirs Solar"));
  await open(page, "company");
  await chooseLogo(page, Buffer.from("<svg/>"), "logo.svg", "image/svg+xml");
  await expect(page.getByText("A logo must be PNG, JPEG, or WEBP.")).toBeVisible();
  await chooseLogo(page, Buffer.alloc(2 * 1024 * 1024 + 1));
  await expect(page.getByText("A logo can have at most 2 MB.")).toBeVisible();
  await chooseLogo(page, png(20, 120, 90), "Ours – ☀.png");
  await page.getByRole("button", { name: "Save logo" }).click();
  const logo = page.getByRole("img", { name: "Your company’s logo" });
  await expect(logo).toBeVisible();
  const address = (await logo.getAttribute("src")) ?? "";

  const own = await page.request.get(address);
  expect(own.status()).toBe(200);
  expect(await own.body()).toEqual(png(20, 120, 90));
  expect(own.headers()).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "inline; filename*=UTF-8''Ours%20%E2%80%93%20%E2%98%80.png",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
  });
  expect(own.headers()["content-security-policy"]).toBe("default-src 'none'; sandbox");
  const unchanged = { "if-none-match": own.headers()["etag"] ?? "" };
  expect((await page.request.get(address, { headers: unchanged })).status()).toBe(304);
  const part = await page.request.get(address, { headers: { range: "bytes=1-3" } });
  expect([part.status(), await part.text()]).toEqual([206, "PNG"]);

  const attempts: Record<string, string>[] = [{}, unchanged, { range: "bytes=1-3" }];
  for (const headers of attempts) {
    const foreign = await stranger.request.get(address, { headers });
    const unknown = await stranger.request.get(`${address.slice(0, -1)}x`, { headers });
    expect([foreign.status(), await foreign.text()]).toEqual([404, await unknown.text()]);
  }
  const signedOut = await newBrowser();
  expect((await signedOut.request.get(address)).status()).toBe(401);

  await chooseLogo(page, png(1, 2, 3));
  await page.getByRole("button", { name: "Save logo" }).click();
  await expect(logo).not.toHaveAttribute("src", address);
  expect((await page.request.get(address)).status()).toBe(404);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No logo yet")).toBeVisible();
});

test("two administrators who edit at once choose between both versions; nothing is overwritten unseen", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany("Ours Solar");
  const colleague = await newBrowser();
  await signIn(page, company);
  await signIn(colleague, company);
  await open(page, "company");
  await open(colleague, "company");

  await page.getByLabel("Phone").fill("555-0001");
  await page.getByLabel("Address", { exact: true }).fill("1 Mine Street");
  await colleague.getByLabel("Phone").fill("555-0002");
  await colleague.getByLabel("Website").fill("https://theirs.example");
  await colleague.getByRole("button", { name: "Save changes" }).click();

  const notice = page.getByRole("alert").filter({ hasText: "while you were editing" });
  await expect(notice).toContainText("Ada Tester changed this");
  await expect(notice).toContainText("555-0001");
  await expect(notice).toContainText("555-0002");
  await expect(notice.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByLabel("Website")).toHaveValue("https://theirs.example");
  await expect(page.getByRole("button", { name: "Save changes" })).toBeDisabled();
  await notice.getByRole("button", { name: "Take theirs" }).click();
  await expect(page.getByLabel("Phone")).toHaveValue("555-0002");
  await page.getByLabel("Phone").fill("555-0003");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(colleague.getByLabel("Phone")).toHaveValue("555-0003");
  await expect(colleague.getByLabel("Address", { exact: true })).toHaveValue("1 Mine Street");

  await open(page, "pipeline");
  await open(colleague, "pipeline");
  for (const each of [page, colleague]) {
    await each.getByRole("button", { name: "What to do with Design" }).click();
    await each.getByRole("menuitem", { name: "Edit" }).click();
  }
  await page.getByLabel("Name").fill("Engineering");
  await colleague.getByLabel("Name").fill("Plans");
  await colleague.getByRole("button", { name: "Save changes" }).click();
  await expect(notice).toContainText("Plans");
  await notice.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(colleague.getByText("Engineering", { exact: true })).toBeVisible();
});

test("stages are added, renamed, put in order by menu, keyboard and mouse, and removed with their projects moved", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  const client = await company.convex();
  const stages = await client.query(api.pipelineStages.list, {});
  const inspection = stages.find(({ name }) => name === "Inspection")!._id;
  const project = { name: "Elm Street roof", customerName: "Joan Miller", stageId: inspection };
  const projectId = await client.mutation(api.projects.create, project);
  const colleague = await newBrowser();
  const stranger = await newBrowser();
  await signIn(page, company);
  await signIn(colleague, company);
  await signIn(stranger, theirs);
  for (const each of [page, colleague, stranger]) await open(each, "pipeline");

  const group = (on: Page) =>
    on.getByRole("region", { name: "Installation" }).getByRole("listitem");
  await page.getByRole("button", { name: "Add a stage to Installation" }).click();
  await page.getByLabel("Name").fill("installation");
  await page.getByRole("button", { name: "Add stage" }).click();
  await expect(page.getByText("There is a stage of this name already.")).toBeVisible();
  await page.getByLabel("Name").fill("Roof check");
  await page.getByLabel("Target (days)").fill("4");
  await page.getByRole("button", { name: "Add stage" }).dblclick();
  await expect(group(colleague)).toHaveText([/Installation/, /Inspection/, /Roof check.*4 days/]);

  await page.getByRole("button", { name: "What to do with Roof check" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("Final walk");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(group(colleague)).toHaveText([/Installation/, /Inspection/, /Final walk/]);

  await page.getByRole("button", { name: "What to do with Final walk" }).click();
  await page.getByRole("menuitem", { name: "Move up" }).click();
  await expect(group(colleague)).toHaveText([/Installation/, /Final walk/, /Inspection/]);

  await page.getByRole("button", { name: "Move Installation", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("Installation is at place 1 of 3.")).toBeAttached();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText("Installation is at place 2 of 3.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect(group(colleague)).toHaveText([/Final walk/, /Installation/, /Inspection/]);

  const handle = page.getByRole("button", { name: "Move Inspection", exact: true });
  await handle.hover();
  await page.mouse.down();
  const goal = (await group(page).first().boundingBox())!;
  await page.mouse.move(goal.x + 30, goal.y + goal.height, { steps: 8 });
  await page.mouse.move(goal.x + 30, goal.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect(group(colleague)).toHaveText([/Inspection/, /Final walk/, /Installation/]);

  await page.getByRole("button", { name: "What to do with Inspection" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const question = page.getByRole("dialog", { name: "Remove this stage?" });
  await expect(question).toContainText("1 project stand");
  await question.getByLabel("Move its projects to").selectOption("Final walk");
  await question.getByRole("button", { name: "Move and remove" }).click();
  await expect(group(colleague)).toHaveText([/Final walk/, /Installation/]);
  await colleague.goto(`/projects/${projectId}`);
  await expect(colleague.locator('[aria-current="step"]')).toHaveText("Final walk");

  await page.getByRole("button", { name: "What to do with Permitting" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(question.getByText(/“Permitting” needs at least one stage/)).toBeVisible();
  await expect(question.getByRole("button", { name: "Remove" })).toBeDisabled();
  await expect(group(stranger)).toHaveText([/Installation/, /Inspection/]);
});

test("each member chooses one's own mails", async ({ page, newCompany }) => {
  await signIn(page, await newCompany());
  await open(page, "notifications");
  const mentions = page.getByRole("switch", { name: "Mentions" });
  await expect(mentions).toBeChecked();
  await mentions.focus();
  await page.keyboard.press("Space");
  await expect(mentions).not.toBeChecked();
  await expect(page.getByText("These cannot be turned off")).toBeVisible();
  await page.reload();
  await expect(mentions).not.toBeChecked();
  await expect(page.getByRole("switch", { name: "Tasks" })).toBeChecked();
});
