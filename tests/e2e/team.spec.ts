import { api } from "../../convex/_generated/api.js";
import { createClerkClient } from "@clerk/backend";
import { expectDashboard, fillSignIn, signIn, signUp } from "./support/actions.ts";
import { expectRefused } from "./support/problems.ts";
import { invitationLink } from "./support/mailbox.ts";
import { expect, PASSWORD, test, uniqueEmail } from "./support/test.ts";
import type { Page } from "@playwright/test";

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await dialog.getByRole("combobox", { name: "E-mail addresses" }).fill(email);
  // One role always stays, so the other one comes first.
  await dialog.getByRole("checkbox", { name: role, exact: true }).check();
  if (role !== "Installer") {
    await dialog.getByRole("checkbox", { name: "Installer", exact: true }).uncheck();
  }
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toBeHidden();
}

/** A person or an invitation in the lists of /settings/team. */
const entry = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `What to do about ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("an invited colleague joins by the link in the mail: the right company, the right role", async ({
  page,
  newBrowser,
  newCompany,
  stack,
  request,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  await signIn(page, ours);
  await page.goto("/settings/team");
  await expect(page.getByText("1 of 10 places used")).toBeVisible();
  const email = uniqueEmail();
  await invite(page, email, "Sales");
  await expect(entry(page, email)).toContainText("Sent just now, expires in 7 days");
  await expect(page.getByText("2 of 10 places used")).toBeVisible();

  const invited = await newBrowser();
  await invited.goto(await invitationLink(request, stack, email));
  await expect(invited.getByRole("heading", { name: "Join Ours Solar" })).toBeVisible();
  await expect(invited.getByText("Ada Tester invites you, as Sales.")).toBeVisible();
  await expect(invited.getByLabel("E-mail address")).toHaveValue(email);
  await invited.getByLabel("Your name").fill("Ines Vega");
  await invited.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await invited.getByRole("button", { name: "Create account and join" }).dblclick();
  await expectDashboard(invited, "Ours Solar");

  await expect(entry(page, "Ines Vega")).toContainText("Sales");
  await expect(entry(page, "Ines Vega")).toContainText("Active now");
  await expect(page.getByRole("heading", { name: "Invitations" })).toBeHidden();
  await expect(page.getByText("2 of 10 places used")).toBeVisible();

  // Without the right to manage the team, the list is for reading.
  await invited.goto("/settings/team");
  await expect(entry(invited, "Ada Tester")).toContainText("System Administrator");
  await expect(invited.getByRole("button", { name: "Invite people" })).toHaveCount(0);
  await expect(invited.getByRole("button", { name: /What to do/ })).toHaveCount(0);

  const stranger = await newBrowser();
  await signIn(stranger, theirs);
  await stranger.goto("/settings/team");
  await expect(entry(stranger, "Ada Tester")).toBeVisible();
  await expect(stranger.getByText("Ines Vega")).toHaveCount(0);

  // The link is good once.
  const again = await newBrowser();
  await again.goto(await invitationLink(request, stack, email));
  await expect(again.getByRole("heading", { name: "This invitation has been used" })).toBeVisible();
});

test("somebody who has an account, but no company, signs in and joins", async ({
  page,
  newBrowser,
  newCompany,
  stack,
  request,
}) => {
  const ours = await newCompany("Ours Solar");
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  const email = uniqueEmail();
  await clerk.users.createUser({ emailAddress: [email], password: PASSWORD, firstName: "Olga" });
  await signIn(page, ours);
  await page.goto("/settings/team");
  await invite(page, email, "Viewer");

  const olga = await newBrowser();
  await olga.goto(await invitationLink(request, stack, email));
  await olga.getByRole("link", { name: "Sign in to join" }).click();
  await fillSignIn(olga, email, PASSWORD);
  await olga.getByRole("button", { name: "Join this company" }).click();
  await expectDashboard(olga, "Ours Solar");
  await expect(entry(page, "Olga")).toContainText("Viewer");
});

test("a link that was withdrawn or replaced leads nowhere, and says why", async ({
  page,
  newBrowser,
  newCompany,
  stack,
  request,
}) => {
  const ours = await newCompany("Ours Solar");
  await signIn(page, ours);
  await page.goto("/settings/team");
  const email = uniqueEmail();
  await invite(page, email, "Sales");
  const link = await invitationLink(request, stack, email);

  const invited = await newBrowser();
  await invited.goto(link);
  await expect(invited.getByRole("heading", { name: "Join Ours Solar" })).toBeVisible();
  await page.getByRole("button", { name: `Withdraw the invitation to ${email}` }).click();
  const asked = page.getByRole("dialog", { name: "Withdraw this invitation?" });
  await asked.getByRole("button", { name: "Withdraw" }).click();
  await expect(entry(page, email)).toHaveCount(0);
  await expect(page.getByText("1 of 10 places used")).toBeVisible();

  // In the page that was open before, as in one opened now.
  await invited.getByLabel("Your name").fill("Ines Vega");
  await invited.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await invited.getByRole("button", { name: "Create account and join" }).click();
  await expect(invited.getByText(/no longer good|was withdrawn/).first()).toBeVisible();
  await invited.goto(link);
  await expect(
    invited.getByRole("heading", { name: "This invitation was withdrawn" }),
  ).toBeVisible();
  await invited.goto("/join?invitation=made-up");
  await expect(
    invited.getByRole("heading", { name: "This invitation is not there" }),
  ).toBeVisible();
});

test("an invitation is for the invited address, and for an account without a company", async ({
  page,
  newBrowser,
  newCompany,
  stack,
  request,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  await signIn(page, ours);
  await page.goto("/settings/team");
  await invite(page, theirs.email, "Sales");
  const link = await invitationLink(request, stack, theirs.email);

  const other = await newBrowser();
  await signIn(other, await newCompany("Third Solar"));
  await other.goto(link);
  await expect(
    other.getByRole("heading", { name: "This invitation is for somebody else" }),
  ).toBeVisible();

  const taken = await newBrowser();
  await signIn(taken, theirs);
  await taken.goto(link);
  await taken.getByRole("button", { name: "Join this company" }).click();
  await expect(
    taken.getByRole("heading", { name: "Your account belongs to a company already" }),
  ).toBeVisible();
  await expect(entry(page, theirs.email)).toContainText("has an account in another company");
  await expect(page.getByText("Theirs Solar")).toHaveCount(0);
  await taken.goto("/dashboard");
  await expectDashboard(taken, "Theirs Solar");
});

test("a change of roles is felt at once in the colleague's open browser, and can be undone", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const ours = await newCompany("Ours Solar");
  const vic = await newColleague(ours, ["Viewer"], "Vic Viewer");
  const theirs = await newBrowser();
  await signIn(theirs, vic);
  await theirs.goto("/projects");
  await expect(theirs.getByText("Projects that your company creates appear here.")).toBeVisible();

  await signIn(page, ours);
  await page.goto("/settings/team");
  await act(page, "Vic Viewer", "Change roles");
  const dialog = page.getByRole("dialog", { name: "Roles of Vic Viewer" });
  await dialog.getByRole("checkbox", { name: "Manager", exact: true }).check();
  await dialog.getByLabel("Main role").selectOption("Manager");
  await dialog.getByRole("button", { name: "Save roles" }).click();
  await expect(entry(page, "Vic Viewer")).toContainText("Manager");
  await expect(theirs.getByRole("button", { name: "New project" })).toBeVisible();

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(theirs.getByRole("button", { name: "New project" })).toBeHidden();
  await expect(entry(page, "Vic Viewer")).not.toContainText("Manager");
});

test("access that is turned off ends in an open browser, and comes back when it is turned on", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const ours = await newCompany("Ours Solar");
  const ivo = await newColleague(ours, ["Installer"], "Ivo Installer");
  const theirs = await newBrowser();
  await signIn(theirs, ivo);
  await signIn(page, ours);
  await page.goto("/settings/team");
  await act(page, "Ivo Installer", "Turn off access");
  const asked = page.getByRole("dialog", { name: "Turn off this access?" });
  await asked.getByRole("button", { name: "Turn off access" }).click();
  await expect(theirs.getByRole("heading", { name: "Your access has ended" })).toBeVisible();
  await expect(entry(page, "Ivo Installer")).toContainText("Access off");
  await expect(page.getByText("1 of 10 places used")).toBeVisible();

  await act(page, "Ivo Installer", "Turn on access");
  await expectDashboard(theirs, "Ours Solar");
  await expect(page.getByText("2 of 10 places used")).toBeVisible();
});

test("the last administrator cannot give the role up, and two can", async ({
  page,
  newCompany,
  newColleague,
}) => {
  const ours = await newCompany("Ours Solar");
  await signIn(page, ours);
  await page.goto("/settings/team");
  const dialog = page.getByRole("dialog", { name: "Roles of Ada Tester" });
  const giveUp = async () => {
    await act(page, "Ada Tester", "Change roles");
    await dialog.getByRole("checkbox", { name: "System Administrator" }).uncheck();
    await dialog.getByRole("checkbox", { name: "Manager", exact: true }).check();
    await expect(dialog.getByText("You give up your own rights")).toBeVisible();
    await dialog.getByRole("button", { name: "Save roles" }).click();
  };
  await giveUp();
  expectRefused("members:changeRoles");
  await expect(dialog.getByText("Ada Tester is the only administrator.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "What to do about Ada Tester" }).click();
  await expect(page.getByRole("menuitem", { name: "Turn off access" })).toHaveCount(0);
  await page.keyboard.press("Escape");

  await newColleague(ours, ["System Administrator"], "Second Admin");
  await expect(entry(page, "Second Admin")).toBeVisible();
  await giveUp();
  await expect(page.getByRole("button", { name: "Invite people" })).toBeHidden();
});

test("the plan's places are counted, and what to do is said when none is left", async ({
  page,
  newCompany,
}) => {
  await signUp(page, { companyName: "Small Solar", email: uniqueEmail(), plan: "Starter" });
  await page.goto("/settings/team");
  await expect(page.getByText("1 of 1 place used")).toBeVisible();
  await expect(page.getByText("Pro has room for 10 people.")).toBeVisible();
  await page.getByRole("button", { name: "Invite people" }).click();
  await expect(page.getByText("Starter is for one person.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Send invitation" })).toBeDisabled();

  // Whatever the page shows, the server counts.
  const ours = await newCompany("Full Solar");
  const client = await ours.convex();
  const emails = Array.from({ length: 9 }, uniqueEmail);
  const form = { roles: ["Viewer" as const], primaryRole: "Viewer" as const };
  await client.mutation(api.invitations.invite, { emails, ...form });
  await expect(
    client.mutation(api.invitations.invite, { emails: [uniqueEmail()], ...form }),
  ).rejects.toMatchObject({ data: { code: "LIMIT_REACHED" } });
});
