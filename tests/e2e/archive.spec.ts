import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import { api } from "../../convex/_generated/api.js";
import { restoreArchive } from "../../local/restore/restore.ts";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { sharedStack } from "./support/stack.ts";
import { expect, test } from "./support/test.ts";

test("an administrator takes everything of the company away as one file, and nobody else can", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const client = await ours.convex();
  await client.mutation(api.projects.create, { name: "Elm roof", customerName: "Joan Miller" });
  const theirs = await newCompany("Theirs Solar");
  await (
    await theirs.convex()
  ).mutation(api.projects.create, {
    ...{ name: "Oak roof", customerName: "Nobody of ours" },
  });
  const stranger = await newBrowser();
  await signIn(page, ours);
  await signIn(stranger, theirs);

  await page.goto("/settings/data");
  await expect(page.getByRole("heading", { name: "No archive yet" })).toBeVisible();
  await page.getByRole("button", { name: "Export everything" }).click();
  const link = page.getByRole("link", { name: /^Download the archive of/ });
  await expect(link).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Ready. Can be downloaded until/)).toBeVisible();
  await expectAccessible(page);

  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^archive-ours-solar.*\.zip$/);
  const entries = unzipSync(await readFile(await download.path()));
  const text = Object.values(entries)
    .map((content) => Buffer.from(content).toString())
    .join("\n");
  expect(Buffer.from(entries["projects/documents.jsonl"]!).toString()).toContain("Elm roof");
  expect(entries).toHaveProperty(["_tables/documents.jsonl"]);
  expect(text).not.toMatch(/Oak roof|Nobody of ours|Theirs/);

  // The same archive, brought into a new company as staff do at the command line.
  const fresh = await newCompany("Fresh Solar");
  const { tenant } = await (await fresh.convex()).query(api.members.me, {});
  const archive = await openAsBlob(await download.path());
  const wanted = { archive, company: tenant.slug, reason: "They moved to Sunup's other office" };
  const restored = await restoreArchive(sharedStack(), wanted);
  expect(restored).toMatchObject({ state: "done", leftOut: 0 });
  await expect(restoreArchive(sharedStack(), wanted)).rejects.toThrow("as sign-up left it");
  const newHome = await newBrowser();
  await signIn(newHome, fresh);
  await newHome.goto("/projects");
  await newHome.getByRole("link", { name: "Elm roof" }).click();
  await expect(newHome.getByText("Joan Miller").first()).toBeVisible();

  const address = (await link.getAttribute("href")) ?? "";
  expect((await stranger.request.get(address)).status()).toBe(404);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: /^Remove the archive of/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Removed. Export again if you need it.")).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(404);
});
