import type { Page } from "@playwright/test";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signIn, undoOf } from "./support/actions.ts";
import { png } from "./support/png.ts";
import { type Company, expect, test } from "./support/test.ts";

async function newProject(company: Company, name: string): Promise<Id<"projects">> {
  const client = await company.convex();
  return await client.mutation(api.projects.create, { name, customerName: "Joan Miller" });
}

const pdf = (text: string) => Buffer.from(`%PDF-1.4\n% ${text}\n%%EOF\n`);
const listed = (page: Page) =>
  page.getByRole("list", { name: "Documents", exact: true }).getByRole("listitem");
const row = (page: Page, name: string) => listed(page).filter({ hasText: name });

async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `What to do with ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("several files are sent at once, seen live by a colleague, and by no other company", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const projectId = await newProject(ours, "Elm roof");
  const [colleague, stranger] = [await newBrowser(), await newBrowser()];
  await signIn(page, ours);
  await signIn(colleague, ours);
  await signIn(stranger, await newCompany("Theirs Solar"));
  await page.goto(`/projects/${projectId}`);
  await colleague.goto(`/projects/${projectId}`);
  await expect(colleague.getByText("No documents yet.")).toBeVisible();

  await page.getByLabel("Files to add").setInputFiles([
    { name: "PGE bill.pdf", mimeType: "application/pdf", buffer: pdf("bill") },
    { name: "IMG_2231.png", mimeType: "image/png", buffer: png(250, 160, 20) },
    { name: "main panel.png", mimeType: "image/png", buffer: png(20, 120, 90) },
    { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<script>") },
  ]);
  await expect(page.getByRole("list", { name: "Being sent" })).toContainText("must be PDF");
  await page.getByRole("button", { name: "Take page.html off the list" }).click();
  for (const each of [page, colleague]) {
    await expect(listed(each)).toHaveCount(3);
    await expect(each.getByText("2 of 8 needed documents are here.")).toBeVisible();
  }
  await expect(colleague.getByLabel("Kind of PGE bill.pdf")).toHaveValue("utilityBill");

  await page.getByRole("button", { name: "main panel.png", exact: true }).click();
  const picture = page.getByRole("dialog").getByRole("img", { name: "main panel.png" });
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  const address = (await picture.getAttribute("src")) ?? "";
  await page.getByRole("button", { name: "Close", exact: true }).click();

  const bill = page.getByRole("link", { name: "PGE bill.pdf" });
  expect(await bill.getAttribute("target")).toBe("_blank");
  const sent = await page.request.get((await bill.getAttribute("href")) ?? "");
  expect(await sent.body()).toEqual(pdf("bill"));
  expect(sent.headers()).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": "inline; filename*=UTF-8''PGE%20bill.pdf",
    "x-content-type-options": "nosniff",
  });

  expect((await page.request.get(address)).status()).toBe(200);
  const foreign = await stranger.request.get(address);
  const unknown = await stranger.request.get(`${address.slice(0, -1)}x`);
  expect([foreign.status(), await foreign.text()]).toEqual([404, await unknown.text()]);
  await stranger.goto(`/projects/${projectId}`);
  await expect(stranger.getByRole("heading", { name: "Project not found" })).toBeVisible();
  await stranger.goto("/documents/deleted");
  await expect(stranger.getByText("Nothing was deleted")).toBeVisible();
});

test("a document is renamed, given another kind, deleted and brought back", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const company = await newCompany("Ours Solar");
  const projectId = await newProject(company, "Elm roof");
  const colleague = await newBrowser();
  await signIn(page, company);
  await signIn(colleague, await newColleague(company, ["Installer"]));
  await page.goto(`/projects/${projectId}`);
  await colleague.goto(`/projects/${projectId}`);
  const buffer = pdf("plans");
  const file = { name: "scan.pdf", mimeType: "application/pdf", buffer };
  await page.getByLabel("Files to add").setInputFiles([file]);

  await page.getByLabel("Kind of scan.pdf").selectOption("Plan set");
  await expect(colleague.getByLabel("Kind of scan.pdf")).toHaveValue("planSet");
  await choose(colleague, "scan.pdf", "Rename");
  await colleague.getByRole("textbox", { name: "Name" }).fill(" ");
  await colleague.getByRole("button", { name: "Rename" }).click();
  await expect(colleague.getByText("Give the document a name.")).toBeVisible();
  await colleague.getByRole("textbox", { name: "Name" }).fill("Elm – plan set");
  await colleague.getByRole("button", { name: "Rename" }).click();
  await expect(row(page, "Elm – plan set.pdf")).toBeVisible();

  await choose(page, "Elm – plan set.pdf", "Delete");
  await expect(colleague.getByText("No documents yet.")).toBeVisible();
  await undoOf(page, "Document deleted.").click();
  await expect(row(colleague, "Elm – plan set.pdf")).toBeVisible();
  await choose(colleague, "Elm – plan set.pdf", "Delete");
  await expect(page.getByText("No documents yet.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Recently deleted" }).click();
  await colleague.goto("/documents/deleted");
  await expect(page.getByText("30 days left")).toBeVisible();
  await expectAccessible(page);
  await expect(colleague.getByRole("button", { name: /for good/ })).toHaveCount(0);
  await colleague.getByRole("button", { name: "Restore Elm – plan set.pdf" }).click();
  await expect(page.getByText("Nothing was deleted")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/projects/${projectId}`);
  await expect(row(page, "Elm – plan set.pdf")).toBeVisible();
  await expectNoSidewaysScroll(page);
});
