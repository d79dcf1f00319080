import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { api } from "../../convex/_generated/api.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { PORTS, sharedStack } from "./support/stack.ts";
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
  const restore = (archive: string) =>
    promisify(execFile)(process.execPath, [
      ...["local/restore/main.ts", "--archive", archive, "--into", tenant.slug],
      ...["--reason", "They moved to Sunup's other office"],
      ...["--port", String(PORTS.shared), "--data", sharedStack().data],
    ]);
  const archive = await download.path();
  const newHome = await newBrowser();
  await signIn(newHome, fresh);
  const { stdout } = await restore(archive);
  expect(stdout).toMatch(/^Checking all of the archive…$/m);
  expect(stdout).toMatch(/^Restored \d+ rows and 0 files into fresh-solar[-\w]*\.$/m);
  await expect(restore(archive)).rejects.toThrow("as sign-up left it");
  await expect(restore("nothing.zip")).rejects.toThrow("nothing.zip cannot be read.");
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
