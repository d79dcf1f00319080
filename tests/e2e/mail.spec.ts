import { createProject, signUp } from "./support/actions.ts";
import { expect, test, uniqueEmail } from "./support/test.ts";

test("a new company is greeted by one mail, which leads to its projects", async ({
  page,
  newBrowser,
  request,
  stack,
}) => {
  const companyName = "Sun & <b>Sons</b> Solar";
  const email = uniqueEmail();
  await signUp(page, { companyName, email });

  const mailbox = await newBrowser();
  await mailbox.goto(stack.mailboxUrl);
  await mailbox.getByLabel("Search by address").fill(email);
  const subject = `${companyName} is ready on Sunup`;
  const mails = mailbox.getByRole("list", { name: "E-mails, newest first" }).getByRole("link");
  await mails.filter({ hasText: subject }).click();
  await expect(mailbox.getByRole("heading", { name: subject })).toBeVisible();
  await expect(mailbox.getByText("Delivered")).toBeVisible();
  await expect(mails).toHaveCount(1);

  // No script runs in the mail's frame, not even Playwright's.
  const answer = await request.get(`${stack.mailboxUrl}.json?to=${encodeURIComponent(email)}`);
  const [{ text, links }] = (await answer.json()) as [{ text: string; links: string[] }];
  expect(text).toContain("Welcome to Sunup, Ada Tester");
  expect(text).toContain(`${companyName} has its own workspace now`);
  await page.goto(links[0]!);
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  await createProject(page, "The first of many");
});
