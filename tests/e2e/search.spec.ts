import { api } from "../../convex/_generated/api.js";
import { signIn } from "./support/actions.ts";
import { expectAccessible } from "./support/accessible.ts";
import { type Company, expect, test } from "./support/test.ts";

async function addProject(company: Company, name: string, customerName: string): Promise<void> {
  const client = await company.convex();
  await client.mutation(api.projects.create, { name, customerName });
}

test("the palette finds what the company has, by keyboard alone, and nothing of another company", async ({
  page,
  newCompany,
}) => {
  const [own, other] = [await newCompany("Own Solar"), await newCompany("Other Solar")];
  await addProject(own, "Juniper carport", "Renée Ortega");
  await addProject(other, "Juniper barn", "Somebody Else");
  await signIn(page, own);

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  const field = palette.getByRole("textbox", { name: "Search" });
  await expect(field).toBeFocused();
  await expect(palette.getByRole("button", { name: "Projects" })).toBeVisible();

  await field.fill("junip");
  await expect(palette.getByRole("button", { name: "Juniper carport" })).toBeVisible();
  await expect(palette.getByText("Juniper barn")).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Juniper carport" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await field.fill("zebra");
  await expect(palette.getByText("Nothing here is called “zebra”.")).toBeVisible();
  await field.fill("set");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings/);
});

test("on a phone a button opens it, and Escape closes it", async ({ page, newCompany }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const own = await newCompany("Own Solar");
  await addProject(own, "Juniper carport", "Renée Ortega");
  await signIn(page, own);
  await page.getByRole("button", { name: "Search" }).click();
  const palette = page.getByRole("dialog");
  await palette.getByRole("textbox", { name: "Search" }).fill("ortega");
  await expect(palette.getByRole("button", { name: "Juniper carport" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
});

test("the list of projects is searched as one types, and the address keeps the words", async ({
  page,
  newCompany,
}) => {
  const [own, other] = [await newCompany("Own Solar"), await newCompany("Other Solar")];
  await addProject(own, "Juniper carport", "Renée Ortega");
  await addProject(own, "Elm roof", "Joan Miller");
  await addProject(other, "Juniper barn", "Renée Ortega");
  await signIn(page, own);
  await page.goto("/projects?view=table");
  const field = page.getByRole("searchbox", { name: "Search projects" });
  await field.pressSequentially("renée orte");
  await expect(page.getByRole("link", { name: "Elm roof" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Juniper carport" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Juniper barn" })).toHaveCount(0);
  await page.reload();
  await expect(field).toHaveValue("renée orte");
  await expect(page.getByRole("link", { name: "Juniper carport" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(field).toHaveValue("");
  await expect(page.getByRole("link", { name: "Elm roof" })).toBeVisible();
});
