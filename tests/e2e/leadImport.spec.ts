import { expectAccessible } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

/** A CSV file as Excel writes it in Europe: with a mark, semicolons and Windows line ends. */
function csv(name: string, lines: string[]) {
  const buffer = Buffer.from(`\uFEFF${lines.join("\r\n")}`);
  return { name, mimeType: "text/csv", buffer };
}

test("a file of leads is looked at, imported, and goes on after a reload where it stopped", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  await signIn(page, ours);
  await page.goto("/leads/import");
  const input = page.locator('input[type="file"]');
  await input.setInputFiles({
    ...{ name: "roof.csv", mimeType: "text/csv" },
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]),
  });
  await expect(page.getByText(/This is not a CSV file/)).toBeVisible();

  const rows = Array.from({ length: 700 }, (_, i) => `Lead;${i};lead${i}@x.example;"12 ""Elm""\n"`);
  rows[5] = "Lead;5;not an address;";
  rows[6] = "Lead;6;lead4@x.example;";
  const file = csv("fair.csv", ["First name;Surname;Mail;Address", ...rows]);
  await input.setInputFiles(file);
  await expect(page.getByLabel("What “Surname” is")).toHaveValue("lastName");
  await expect(page.getByLabel("What “Mail” is")).toHaveValue("email");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Import 700 rows" }).click();
  await expect(page.getByText(/Keep this page open/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Stopped at|Done/)).toBeVisible();
  if (await page.getByText(/Stopped at/).isVisible()) {
    await input.setInputFiles(file);
    await page.getByRole("button", { name: /^Go on with/ }).click();
  }
  await expect(page.getByText("Done: 700 rows.")).toBeVisible();
  await expect(page.getByText(/698 new, 1 skipped as duplicates, 1 with problems/)).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Rows with problems" }).click();
  expect((await download).suggestedFilename()).toBe("problems of fair.csv");

  const stranger = await newBrowser();
  await signIn(stranger, theirs);
  await stranger.goto("/leads/import");
  await expect(stranger.getByRole("button", { name: "Choose a file" })).toBeVisible();
  await expect(stranger.getByText("fair.csv")).toHaveCount(0);
});
