import type { BrowserContext, Page, WebSocketRoute } from "@playwright/test";
import { api } from "../../convex/_generated/api.js";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { png } from "./support/png.ts";
import { expect, test } from "./support/test.ts";

/** A switch for a browser's connection to Convex: its WebSocket and its uploads. */
async function connectionOf(context: BrowserContext) {
  let connected = true;
  const open = new Set<WebSocketRoute>();
  await context.routeWebSocket(/\/sync$/, (browser) => {
    if (!connected) return void browser.close();
    browser.connectToServer();
    open.add(browser);
  });
  await context.route(/\/api\/storage\/upload/, (route) =>
    connected ? route.continue() : route.abort("internetdisconnected"),
  );
  return {
    async cut() {
      connected = false;
      for (const each of open) await each.close();
      open.clear();
    },
    mend: () => void (connected = true),
  };
}

const state = (page: Page) => page.getByRole("status").filter({ hasText: /saved|Saving|kept/ });

test("a survey is planned, filled in without a connection, and finished with nothing lost", async ({
  page,
  context,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const company = await newCompany("Ours Solar");
  const client = await company.convex();
  const project = { name: "Elm roof", customerName: "Joan Miller" };
  const projectId = await client.mutation(api.projects.create, project);
  const [office, stranger] = [await newBrowser(), await newBrowser()];
  await signIn(office, company);
  await office.goto(`/projects/${projectId}`);
  const surveyor = await newColleague(company, ["Installer"], "Sue Surveyor");
  await office.getByRole("button", { name: "Plan a survey" }).click();
  await office.getByRole("dialog").getByLabel("Who").selectOption("Sue Surveyor");
  await office.getByRole("dialog").getByLabel("Note").fill("Dog in the yard");
  await office.getByRole("dialog").getByRole("button", { name: "Plan the survey" }).click();
  await expect(office.getByText(/^Planned for .*Sue Surveyor$/)).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  const connection = await connectionOf(context);
  await signIn(page, surveyor);
  await page.goto("/surveys?who=me");
  const entry = page.getByRole("link", { name: /Elm roof/ });
  await expect(entry).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await entry.click();
  await expect(page.getByText("Dog in the yard")).toBeVisible();
  await page.getByLabel("Rafter spacing").fill("24");
  await expect(state(page)).toHaveText("Everything is saved.");
  const address = page.url();
  await office.goto(address);
  await expect(office.getByLabel("Rafter spacing")).toHaveValue("24");

  await connection.cut();
  await page.getByLabel("Pitch").fill("99");
  await expect(page.getByText("Enter a number from 0 to 24.")).toBeVisible();
  await page.getByLabel("Pitch").fill("4.5");
  const buffer = png(90, 90, 200);
  const picture = { name: "meter.png", mimeType: "image/png", buffer };
  await page.getByLabel("Take photos: Meter").setInputFiles([picture]);
  await expect(page.getByRole("img", { name: "Meter, not sent yet" })).toBeVisible();
  await expect(state(page)).toContainText("1 answer and 1 photo kept on this device");
  await expectNoSidewaysScroll(page);
  await page.close();

  connection.mend();
  const later = await context.newPage();
  await later.goto(address);
  await expect(later.getByLabel("Pitch")).toHaveValue("4.5");
  await expect(state(later)).toHaveText("Everything is saved.");
  await expect(office.getByLabel("Pitch")).toHaveValue("4.5");
  await expect(office.getByRole("img", { name: "Meter: meter.png" })).toBeVisible();

  await later.getByLabel("Kind of roof").selectOption("Metal");
  for (const [field, value] of [
    ["Age of the roof", "12"],
    ["Main panel", "200"],
    ["Free breaker spaces", "3"],
  ] as const) {
    await later.getByRole("textbox", { name: field }).fill(value);
  }
  await later.getByLabel("Shade").selectOption("Some");
  await later.getByText("No", { exact: true }).click();
  const places = ["House from the street", "Each side of the roof"];
  for (const place of [...places, "Main panel with its cover off", "The panel's label"]) {
    await later.getByLabel(`Take photos: ${place}`).setInputFiles([picture]);
  }
  await expect(later.getByText("Everything is here.")).toBeVisible();
  await expectAccessible(later);
  await later.getByRole("button", { name: "Complete the survey" }).click();
  await expect(office.getByText("Completed", { exact: true })).toBeVisible();
  await office.goto(`/projects/${projectId}`);
  const site = office.getByRole("region", { name: "Site", exact: true });
  await expect(site.getByText("200 A")).toBeVisible();
  await expect(office.getByText(/^Completed on .*Sue Surveyor$/)).toBeVisible();

  await signIn(stranger, await newCompany("Theirs Solar"));
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { name: "Survey not found" })).toBeVisible();
});
