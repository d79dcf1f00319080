import { api } from "../../convex/_generated/api.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

const NOBODY = { email: "", phone: "", address: "", notes: "" };

test("two records of one person are found, compared and made one, and a project follows", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  const client = await ours.convex();
  const known = { ...NOBODY, name: "Ana Diaz", email: "ana@customer.example" };
  const contactId = await client.mutation(api.contacts.create, known);
  const projectId = await client.mutation(api.projects.create, {
    name: "Maple Street roof",
    customerName: "Ana Diaz",
  });
  await client.mutation(api.contactLinks.linkProject, { projectId, contactId });
  const stranger = await newBrowser();
  await signIn(stranger, theirs);
  await stranger.goto(`/contacts/${contactId}`);
  await expect(stranger.getByRole("heading", { name: "Contact not found" })).toBeVisible();

  await signIn(page, ours);
  await page.getByRole("link", { name: "Contacts" }).click();
  await expect(page.getByRole("link", { name: "Ana Diaz" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New contact" }).click();
  const form = page.getByRole("dialog", { name: "New contact" });
  await form.getByRole("button", { name: "Create contact" }).click();
  await expect(form.getByText("Enter the person's name.")).toBeVisible();
  await form.getByLabel("Name").fill("Ana Maria Diaz");
  await form.getByLabel("E-mail").fill("ANA@customer.example");
  await form.getByLabel("Phone").fill("(512) 555-0100");
  await expect(form.getByText("You may have this person already")).toBeVisible();
  await form.getByRole("button", { name: "Create contact" }).dblclick();

  await expect(page.getByRole("heading", { level: 1, name: "Ana Maria Diaz" })).toBeVisible();
  await page.getByRole("button", { name: "Change Address" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("12 Maple Street");
  await page.keyboard.press("Enter");
  await expect(page.getByText("12 Maple Street")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Compare and merge" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge two contacts" });
  await dialog.getByRole("radio", { name: "Ana Diaz" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ana Diaz" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Maple Street roof" })).toBeVisible();
  await expect(page.getByText("Possible duplicates")).toHaveCount(0);

  await page.goto(`/contacts/${contactId}`);
  await expect(page.getByText("This contact was merged")).toBeVisible();
  await page.getByRole("link", { name: "All contacts" }).click();
  await page.getByLabel("Search people").fill("555-0100");
  await expect(page.getByRole("link", { name: "Ana Diaz" })).toHaveCount(1);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await stranger.goto("/contacts");
  await expect(stranger.getByText("No contacts yet")).toBeVisible();
});

test("an organization shows its people, and their projects and leads", async ({
  page,
  newCompany,
}) => {
  const ours = await newCompany("Ours Solar");
  const client = await ours.convex();
  const person = { ...NOBODY, name: "Ben Stone", email: "ben@elm.example" };
  const contactId = await client.mutation(api.contacts.create, person);
  const leadId = await client.mutation(api.leads.create, {
    name: "Ben Stone",
    email: "ben@elm.example",
  });
  await client.mutation(api.leads.convert, { leadId, projectName: "Elm Court carports" });

  await signIn(page, ours);
  await page.goto("/contacts?tab=organizations");
  await page.getByRole("button", { name: "New organization" }).click();
  const form = page.getByRole("dialog", { name: "New organization" });
  await form.getByLabel("Name").fill("Elm Court HOA");
  await form.getByLabel("Kind").selectOption("Homeowner association");
  await form.getByLabel("Website").fill("elm.example");
  await form.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Elm Court HOA" })).toBeVisible();
  await expect(page.getByRole("link", { name: "https://elm.example" })).toBeVisible();

  await page.goto(`/contacts/${contactId}`);
  await page.getByRole("combobox", { name: "Belongs to" }).fill("elm");
  await page.getByRole("option", { name: "Elm Court HOA" }).click();
  await page.getByRole("link", { name: "Open Elm Court HOA" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Elm Court HOA" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Elm Court carports" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Ben Stone" })).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByText(/^Archived on/)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Archive" })).toBeVisible();
});
