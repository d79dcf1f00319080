import { expectAccessible } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { evilSite as otherSite } from "./penetration/attacks.ts";
import { expect, test } from "./support/test.ts";

test("a guest's request appears live in the right company only, goes to whose turn it is, and becomes a project", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const north = await newCompany("North Solar");
  await newColleague(north, ["Sales"], "Sal Seller");
  await signIn(page, north);
  await page.goto("/leads/campaigns");
  const turns = page.getByRole("radiogroup", { name: "Assignment of General Leads" });
  await turns.getByText("In turn").click();
  await page.getByRole("combobox", { name: "Who takes turns" }).click();
  await page.getByRole("option", { name: "Sal Seller" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("switch", { name: "Form of General Leads" }).check();
  const address = await page.getByRole("textbox", { name: "Address" }).inputValue();
  await page.goto("/leads");
  await expect(page.getByText("No leads yet")).toBeVisible();

  const other = await newBrowser();
  await signIn(other, await newCompany("South Solar"));
  await other.goto("/leads");
  await expect(other.getByText("No leads yet")).toBeVisible();

  const guest = await newBrowser();
  const website = await otherSite(`<iframe src="${address}" width="600" height="800"></iframe>`);
  await guest.goto(`http://127.0.0.1:${website.port}/`);
  const form = guest.frameLocator("iframe");
  await expect(form.getByText("North Solar will get back to you.")).toBeVisible();
  await form.getByRole("button", { name: "Send the request" }).click();
  await expect(form.getByText("Please enter your name.")).toBeVisible();
  await form.getByLabel("Your name").fill("Ann Diaz");
  await form.getByRole("textbox", { name: /^Phone/ }).fill("(512) 555-0142");
  // A form that is sent within three seconds asks to send it again.
  await expect(async () => {
    await form.getByRole("button", { name: "Send the request" }).click({ timeout: 2_000 });
    await expect(form.getByRole("heading", { name: "Thank you" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  website.close();

  const row = page.getByRole("row").filter({ hasText: "Ann Diaz" });
  await expect(row.getByText("Sal Seller")).toBeVisible();
  await expect(other.getByText("No leads yet")).toBeVisible();
  await row.getByRole("link", { name: "Ann Diaz" }).click();
  await expect(page.getByText("Through the campaign’s form")).toBeVisible();
  await page.getByRole("button", { name: "Make it a project" }).click();
  const dialog = page.getByRole("dialog", { name: "Make it a project" });
  await dialog.getByLabel("Name of the project").fill("Diaz roof");
  await dialog.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Diaz roof" })).toBeVisible();
  await expect(page.getByText("(512) 555-0142").first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("link", { name: "Open the project" })).toBeVisible();
});

test("leads are taken in one after the other, found, moved on, lost and taken up again", async ({
  page,
  newCompany,
}) => {
  await signIn(page, await newCompany());
  await page.goto("/leads");
  await page.getByRole("button", { name: "New lead", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "New lead" });
  await drawer.getByLabel("Name").fill("Bob Park");
  await drawer.getByLabel("E-mail").fill("bob@park.example");
  await drawer.getByRole("button", { name: "Save and add another" }).click();
  await expect(drawer.getByLabel("Name")).toBeFocused();
  await expect(drawer.getByLabel("Name")).toHaveValue("");
  await page.keyboard.type("Bobby");
  await drawer.getByLabel("E-mail").fill("BOB@park.example");
  await expect(drawer.getByText("Already among your leads")).toBeVisible();
  await expectAccessible(page);
  await drawer.getByLabel("E-mail").fill("bobby@home.example");
  await page.keyboard.press("Enter");
  await expect(drawer).toBeHidden();

  await page.getByRole("searchbox", { name: "Find a lead" }).fill("park");
  await expect(page).toHaveURL(/q=park$/);
  await expect(page.getByRole("link", { name: "Bobby" })).toBeHidden();
  await page.getByRole("link", { name: "Bob Park" }).click();

  const status = page.getByRole("radiogroup", { name: "Status of the lead" });
  await status.getByText("Contacted").click();
  await expect(status.getByRole("radio", { name: "Contacted" })).toBeChecked();
  await page.getByRole("button", { name: "Change Phone" }).click();
  await page.getByRole("textbox", { name: "Phone" }).fill("512 555 0199");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "512 555 0199" })).toBeVisible();
  await page.getByRole("button", { name: "Mark as lost" }).click();
  const dialog = page.getByRole("dialog", { name: "Mark Bob Park as lost" });
  await dialog.getByLabel("Why").selectOption("Too expensive");
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(page.getByText(/^Lost on .*: Too expensive$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take it up again" }).click();
  await expect(status.getByRole("radio", { name: "Contacted" })).toBeChecked();

  await page.goto("/leads?status=new");
  await expect(page.getByRole("link", { name: "Bobby" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Bob Park" })).toBeHidden();
});
