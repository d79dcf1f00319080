import { createClerkClient } from "@clerk/backend";
import type { Page } from "@playwright/test";
import { api } from "../../../convex/_generated/api.js";
import { type Company, expect, test } from "../support/test.ts";
import { signInQuietly } from "./attacks.ts";

/** Breaks out of an attribute, a title, a script and a style, if anything can. At most 120 characters. */
const EVIL = `'"></title></script></style><img src=x onerror=hacked=1 data-evil><script>hacked=1</script>`;
const LINK = "javascript:hacked=1//";

type Marked = Window & { hacked?: number };

/** Waits for what a page still fetches: its router then changes the address no more, which would end the next visit. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}

/** Nothing of the texts ran, became an element, or became the target of a link. */
async function expectInert(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as Marked).hacked,
    elements: document.querySelectorAll("[data-evil], img[src='x']").length,
    links: [...document.querySelectorAll("a[href], form[action], iframe[src]")]
      .map((each) => (each as HTMLAnchorElement).protocol)
      .filter((protocol) => protocol && !/^(https?|mailto|tel):$/.test(protocol)),
  }));
  expect(found, page.url()).toEqual({ ran: undefined, elements: 0, links: [] });
}

test("scripts in every text stay text on every page, even if no policy were there to stop them", async ({
  browser,
  stack,
  newCompany,
}) => {
  const company: Company = await newCompany(EVIL);
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  await clerk.users.updateUser(company.userId, { firstName: EVIL, lastName: LINK });
  const client = await company.convex();
  const projectId = await client.mutation(api.projects.create, {
    name: EVIL,
    customerName: EVIL,
    customerPhone: LINK,
    siteAddress: `${LINK}${EVIL}`,
    notes: `${EVIL}\n${LINK}\n[link](${LINK})`,
  });
  const archived = await client.mutation(api.projects.create, { name: EVIL, customerName: LINK });
  await client.mutation(api.projects.archive, { projectId: archived });
  await expect
    .poll(async () => (await client.query(api.members.me, {})).member!.name)
    .toContain("onerror");

  // Without the content-security-policy: the pages themselves have to be right.
  const context = await browser.newContext({ baseURL: stack.appUrl, bypassCSP: true });
  const page = await context.newPage();
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await signInQuietly(context, company);
  await page.goto("/dashboard");
  await expect(page.getByText(EVIL).first()).toBeVisible();
  await expectInert(page);
  await atRest(page);

  const shown = {
    "/projects": EVIL,
    "/projects?archived=1": EVIL,
    [`/projects/${projectId}`]: LINK,
    "/settings/team": EVIL,
    "/account": EVIL,
  };
  for (const [address, text] of Object.entries(shown)) {
    await page.goto(address);
    await expect(page.getByText(text).first(), address).toBeVisible();
    await expectInert(page);
    await atRest(page);
  }

  await page.goto(`/projects/${projectId}`);
  await page.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit project" });
  await expect(form.getByLabel("Project name")).toHaveValue(EVIL);
  await expectInert(page);
  await form.getByLabel("Site address").fill(`${EVIL} moved`);
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(`${EVIL} moved`).first()).toBeVisible();
  await page.getByRole("button", { name: "Move to Design" }).click();
  await expect(page.getByRole("button", { name: "Undo" }).last()).toBeVisible();
  await expectInert(page);
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Archive this project?" })).toBeVisible();
  await expectInert(page);
  expect(dialogs).toEqual([]);
  await context.close();
});

test("scripts in an address stay text: the page looked for, the one to come back to, the filter", async ({
  page,
  newCompany,
}) => {
  const company = await newCompany("Address Solar");
  for (const address of ["/sign-in", "/signup", "/forgot-password", "/"]) {
    const query = `redirect_url=${encodeURIComponent(`/${EVIL}`)}&plan=${encodeURIComponent(EVIL)}`;
    await page.goto(`${address}?${query}#${encodeURIComponent(EVIL)}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectInert(page);
  }
  await signInQuietly(page.context(), company);
  const value = encodeURIComponent(EVIL);
  for (const address of [`/projects?stage=${value}&archived=${value}`, `/projects/${value}`]) {
    await page.goto(address);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expectInert(page);
  }
});
