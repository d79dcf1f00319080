import type { Page } from "@playwright/test";
import { ConvexHttpClient } from "convex/browser";
import { api, internal } from "../../convex/_generated/api.js";
import { runInternal } from "../../local/launcher/runInternal.ts";
import { launch, type Launched, type RunningStack } from "../support/launch.ts";
import { ensureStaff } from "../../local/launcher/localAccounts.ts";
import {
  createProject,
  expectDashboard,
  signIn,
  signInAsStaff,
  signOut,
  signUp,
} from "./support/actions.ts";
import { invitationLink } from "./support/mailbox.ts";
import { temporaryData } from "./support/ownStack.ts";
import { PORTS } from "./support/stack.ts";
import { expect, PASSWORD, test as base, uniqueEmail } from "./support/test.ts";

/** Two deployments, one app. Companies live on either, and the other one knows nothing of them. */
const test = base.extend({
  stack: async ({}, use) => {
    const data = temporaryData();
    const args = ["--port", String(PORTS.shards), "--data", data.dir, "--no-demo"];
    const launched: Launched = launch([...args, "--shards", "2"]);
    await use(await launched.ready);
    await launched.stop();
    data.remove();
  },
});

const eastOf = ({ shards }: RunningStack) => shards[0]!;

async function place(stack: RunningStack, email: string): Promise<void> {
  await runInternal(stack, "action", internal.placements.place, { email, shard: "east" });
}

test("a company whose address was kept for another deployment lives there, and everything finds it", async ({
  page,
  newBrowser,
  newCompany,
  request,
  stack,
}) => {
  const email = uniqueEmail();
  await place(stack, email);
  const company = { companyName: "Dedicated Solar", email, password: PASSWORD };
  await signUp(page, { ...company, plan: "Pro" });
  await createProject(page, "Elm roof");

  // Its files come from there, by the app's one address.
  await page.getByLabel("Files to add").setInputFiles({
    name: "bill.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.4\n% bill\n%%EOF\n"),
  });
  const bill = page.getByRole("list", { name: "Documents", exact: true }).getByRole("listitem");
  await expect(bill).toHaveCount(1);
  const fileAddress = await addressOf(page, "bill.pdf");
  expect((await page.request.get(fileAddress)).status()).toBe(200);

  // So do the people whom it invites, and the reports about its mail.
  await page.goto("/settings/team");
  const invited = uniqueEmail();
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await dialog.getByRole("combobox", { name: "E-mail addresses" }).fill(invited);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toBeHidden();
  const colleague = await newBrowser();
  await colleague.goto(await invitationLink(request, stack, invited));
  await expect(colleague.getByRole("heading", { name: "Join Dedicated Solar" })).toBeVisible();
  await colleague.getByLabel("Your name").fill("Ines Vega");
  await colleague.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await colleague.getByRole("button", { name: "Create account and join" }).click();
  await expectDashboard(colleague, "Dedicated Solar");
  await colleague.reload();
  await expectDashboard(colleague, "Dedicated Solar");

  // Who lives at home goes on there, on the same pages, and gets nothing of it.
  const neighbour = await newBrowser();
  const home = await newCompany("Home Solar");
  await signIn(neighbour, home);
  await expectDashboard(neighbour, "Home Solar");
  expect((await neighbour.request.get(fileAddress)).status()).toBe(404);

  // A good token of the one deployment's company opens nothing on the other.
  const token = await tokenIn(page);
  const answers = await Promise.all(
    [eastOf(stack).convexUrl, stack.convexUrl].map((url) => whoAmI(url, token)),
  );
  expect(answers).toEqual(["Dedicated Solar", "NO_TENANT"]);
  const neighbourToken = await tokenIn(neighbour);
  expect(await whoAmI(eastOf(stack).convexUrl, neighbourToken)).toBe("NO_TENANT");
  expect(await whoAmI(stack.convexUrl, neighbourToken)).toBe("Home Solar");
});

test("staff choose whose companies the console shows, and enter one there", async ({
  page,
  newBrowser,
  newCompany,
  stack,
}) => {
  const email = uniqueEmail();
  await place(stack, email);
  const boss = await newBrowser();
  await signUp(boss, { companyName: "Dedicated Solar", email, plan: "Pro" });
  const home = await newCompany("Home Solar");
  const person = { name: "Robin Hale", email: uniqueEmail(), password: PASSWORD };
  await ensureStaff(stack, { ...person, level: "support" });

  await signInAsStaff(page, person);
  const deployment = page.getByLabel("Deployment");
  await page.goto("/admin/tenants");
  await expect(page.getByRole("link", { name: "Home Solar" })).toBeVisible();
  await deployment.selectOption("east");
  await expect(page.getByText("You are not staff on “east”")).toBeVisible();
  await page.getByRole("button", { name: "Back to home" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await ensureStaff({ ...stack, ...eastOf(stack) }, { ...person, level: "support" });
  await deployment.selectOption("east");
  await page.getByRole("link", { name: "Companies", exact: true }).click();
  await page.getByRole("link", { name: "Dedicated Solar" }).click();
  await expect(page.getByText("Home Solar")).toHaveCount(0);
  await expect(page.getByText("Nothing speaks for a deployment of its own.")).toBeVisible();
  await page.getByRole("button", { name: "Enter this company…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why do you enter?").fill("They asked for help with the board.");
  await dialog.getByRole("button", { name: "Enter" }).click();
  await expectDashboard(page, "Dedicated Solar");
  await page.reload();
  await expectDashboard(page, "Dedicated Solar");

  // In the same browser, who has a company is where that is, whatever the console was left at.
  await signOut(page, person.name);
  await signIn(page, home);
  await expectDashboard(page, "Home Solar");
});

async function addressOf(page: Page, name: string): Promise<string> {
  const link = page.getByRole("link", { name, exact: true });
  return (await link.getAttribute("href")) ?? "";
}

/** A Convex token of whoever is signed in on that page. */
async function tokenIn(page: Page): Promise<string> {
  type WithClerk = Window & {
    Clerk: { session: { getToken(options: { template: string }): Promise<string> } };
  };
  return await page.evaluate(() =>
    (window as unknown as WithClerk).Clerk.session.getToken({ template: "convex" }),
  );
}

/** The company that a deployment lets the token into, or why none. */
async function whoAmI(url: string, token: string): Promise<string> {
  const client = new ConvexHttpClient(url, { logger: false });
  client.setAuth(token);
  try {
    return (await client.query(api.members.me, {})).tenant.name;
  } catch (error) {
    return (error as { data?: { code?: string } }).data?.code ?? String(error);
  }
}
