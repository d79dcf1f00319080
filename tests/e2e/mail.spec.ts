import { createProject, signUp } from "./support/actions.ts";
import { expect, test, uniqueEmail } from "./support/test.ts";

test("a new company is greeted by one mail, whose button leads to its projects", async ({
  page,
  newBrowser,
  stack,
}) => {
  const companyName = "Sun & <b>Sons</b> Solar";
  const email = uniqueEmail();
  await signUp(page, { companyName, email });

  const mailbox = await newBrowser();
  await mailbox.goto(stack.mailboxUrl);
  await mailbox.getByLabel("Search by address").fill(email);
  const mails = mailbox.getByRole("list", { name: "E-mails, newest first" });
  const subject = `${companyName} is ready on Sunup`;
  await mails.getByRole("link").filter({ hasText: subject }).click();
  await expect(mailbox.getByRole("heading", { name: subject })).toBeVisible();
  await expect(mails.getByText(subject)).toHaveCount(1);

  const letter = mailbox.frameLocator("iframe");
  await expect(letter.getByRole("heading", { name: "Welcome to Sunup, Ada Tester" })).toBeVisible();
  await expect(letter.getByText(`${companyName} has its own workspace now.`)).toBeVisible();
  const button = letter.getByRole("link", { name: "Add your first project" });
  await page.goto((await button.getAttribute("href"))!);
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  await createProject(page, "The first of many");
});
