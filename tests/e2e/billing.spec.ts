import type { Page } from "@playwright/test";
import { api, internal } from "../../convex/_generated/api.js";
import { PLANS } from "../../lib/plans.ts";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { signIn } from "./support/actions.ts";
import { runInternal } from "./support/runInternal.ts";
import { expect, test, type Company } from "./support/test.ts";

const GOOD_CARD = "4242 4242 4242 4242";
const DECLINED_CARD = "4000 0000 0000 0002";
/** Is taken, and refused whenever it is charged. */
const FAILING_CARD = "4000 0000 0000 0341";

async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByLabel("Name on card").fill("Ada Tester");
}

const createLead = async (company: Company, name: string) =>
  await (await company.convex()).mutation(api.leads.create, { name });

test("a company on Starter reaches its limit of leads, subscribes after a declined card, and goes on without a reload", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const company = await newCompany("Limit Solar");
  const { tenant } = await (await company.convex()).query(api.members.me, {});
  await signIn(page, company);
  await page.goto("/settings/billing");
  await expect(page.getByText(/Your trial of Pro ends on/)).toBeVisible();
  const colleague = await newBrowser();
  await signIn(colleague, await newColleague(company, ["System Administrator"]));
  await colleague.goto("/settings/billing");

  const trialEndsAt = Date.now() + 1_500;
  const staff = { staffName: "Sam", reason: "To see its end" };
  await runInternal(internal.tenantLifecycle.extendTrial, {
    ...{ tenantId: tenant._id, trialEndsAt, ...staff },
  });
  await expect(page.getByRole("heading", { name: "Starter plan" })).toBeVisible();
  await expect(page.getByText("Free, for as long as you like.")).toBeVisible();
  const most = PLANS.starter.limits.leadsPerMonth ?? 0;
  for (let count = 0; count < most; count += 10) {
    const names = Array.from({ length: 10 }, (_, index) => `Lead ${count + index}`);
    await Promise.all(names.map((name) => createLead(company, name)));
  }
  await expect(page.getByText("50 of 50")).toBeVisible();
  await expect(createLead(company, "One too many")).rejects.toMatchObject({
    data: { code: "LIMIT_REACHED" },
  });
  await expectAccessible(page);

  await page.getByRole("button", { name: "Upgrade to Pro" }).click();
  await expect(page.getByRole("heading", { name: /Subscribe to Sunup Pro/ })).toBeVisible();
  await fillCard(page, DECLINED_CARD);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await expect(page.getByRole("alert")).toContainText("declined");
  await page.getByRole("link", { name: /Back to Sunup/ }).click();
  await expect(page.getByText("Nothing was bought")).toBeVisible();

  await page.getByRole("button", { name: "Upgrade to Pro" }).click();
  await expect(page.getByRole("heading", { name: /Subscribe to Sunup Pro/ })).toBeVisible();
  await fillCard(page, GOOD_CARD);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await expect(page.getByText("Welcome to Pro.")).toBeVisible();
  await expect(page.getByText("$99 a month. Renews on")).toBeVisible();
  await expect(page.getByRole("cell", { name: "$99" })).toBeVisible();
  await expect(colleague.getByText("50, no limit")).toBeVisible();
  await createLead(company, "One more");
  await expect(colleague.getByText("51, no limit")).toBeVisible();
  await expectAccessible(page);
});

test("a payment that fails is told to everybody and mended in the portal; a change to Starter asks who stays", async ({
  page,
  stack,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const company = await newCompany("Behind Solar");
  const theirs = await newCompany("Theirs Solar");
  const viewer = await newColleague(company, ["Viewer"], "Vera Viewer");
  const [colleague, stranger] = [await newBrowser(), await newBrowser()];
  await signIn(colleague, viewer);
  await signIn(stranger, theirs);
  await signIn(page, company);
  await page.goto("/settings/billing");
  await page.getByRole("button", { name: "Keep Pro" }).click();
  await expect(page.getByRole("heading", { name: /Subscribe to Sunup Pro/ })).toBeVisible();
  await fillCard(page, FAILING_CARD);
  await page.getByRole("button", { name: "Start trial" }).click();
  await expect(page.getByText(/Free until .*, then \$99 a month/)).toBeVisible();

  const customer = await customerOf(stack, company);
  await control(stack, { draft_seconds: 0 });
  await advance(stack, customer, 14.5);
  const banner = colleague.getByRole("status").filter({ hasText: "did not go through" });
  await expect(banner).toContainText("An administrator can update the card.");
  await expect(page.getByRole("link", { name: "Update the card" })).toBeVisible();
  await expect(stranger.getByText(/did not go through/)).toHaveCount(0);
  await expectAccessible(colleague);

  await page.getByRole("button", { name: "Update the card" }).click();
  await expect(page.getByRole("heading", { name: "Payment method" })).toBeVisible();
  await page.getByText("Change card").click();
  await fillCard(page, GOOD_CARD);
  await page.getByRole("button", { name: "Save card" }).click();
  await page.getByRole("button", { name: "Pay $99.00" }).click();
  await expect(banner).toHaveCount(0);
  await page.goto("/settings/billing");
  await expect(page.getByText("$99 a month. Renews on")).toBeVisible();

  await page.getByRole("button", { name: "Change to Starter…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change to Starter?" });
  await expect(dialog).toContainText("2 places are taken, and Starter has 1.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Change to Starter" }).click();
  await expect(page.getByText(/Pro ends on/)).toBeVisible();
  await page.getByRole("button", { name: "Keep Pro" }).click();
  await expect(page.getByText("$99 a month. Renews on")).toBeVisible();
  await page.getByRole("button", { name: "Change to Starter…" }).click();
  await dialog.getByRole("button", { name: "Change to Starter" }).click();
  await expect(page.getByText(/Pro ends on/)).toBeVisible();

  await advance(stack, customer, 31);
  const alert = page.getByRole("alert").filter({ hasText: "2 places are taken" });
  await expect(alert).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await expect(colleague.getByText("Here is Behind Solar.")).toBeVisible();
  await alert.getByRole("button", { name: "Choose who stays…" }).click();
  const choice = page.getByRole("dialog", { name: "Who stays?" });
  await expect(choice.getByLabel("Vera Viewer")).not.toBeChecked();
  await choice.getByRole("button", { name: "Turn off 1 person’s access" }).click();
  await expect(alert).toHaveCount(0);
  await expect(colleague.getByRole("heading", { name: "Your access has ended" })).toBeVisible();
});

type Stripe = { stripeUrl: string; stripeSecretKey: string };

/** Moves the company's time at Stripe. */
async function advance(stack: Stripe, customer: string, days: number): Promise<void> {
  await control(stack, { advance: { seconds: days * 24 * 60 * 60, customer } });
}

async function control(stack: Stripe, request: object): Promise<void> {
  const answer = await callStripe(stack, "/__control", request);
  expect(answer.status).toBe(200);
}

async function customerOf(stack: Stripe, { companyName }: Company): Promise<string> {
  const answer = await callStripe(stack, "/v1/customers?limit=100");
  const { data } = (await answer.json()) as { data: { id: string; name: string }[] };
  const found = data.find(({ name }) => name === companyName);
  if (!found) throw new Error(`${companyName} is no customer at Stripe.`);
  return found.id;
}

async function callStripe(
  { stripeUrl, stripeSecretKey }: Stripe,
  path: string,
  body?: object,
): Promise<Response> {
  return await fetch(stripeUrl + path, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${stripeSecretKey}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}
