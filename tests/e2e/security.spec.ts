import { readFile } from "node:fs/promises";
import { api } from "../../convex/_generated/api.js";
import { expectAccessible } from "./support/accessible.ts";
import { signIn, signInAsStaff } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

test("who reaches for another company's rows is on the staff's screen within seconds, and in a mail", async ({
  page,
  newBrowser,
  newCompany,
  newStaff,
  request,
  stack,
}) => {
  const ours = await newCompany(`Nosy Solar ${Date.now()}`);
  const theirs = await newCompany("Quiet Solar");
  const project = { name: "Their secret roof", customerName: "Joan Miller" };
  const foreign = await (await theirs.convex()).mutation(api.projects.create, project);
  await signInAsStaff(page, await newStaff("operator"));
  await page.goto("/admin/security");
  const alert = page.getByRole("listitem").filter({ hasText: ours.companyName });
  await expect(page.getByText("Ada Tester").or(page.getByText("No open alerts"))).not.toHaveCount(
    0,
  );
  await expect(alert).toHaveCount(0);

  // A query and a mutation, which ends in nothing: its transaction is rolled back.
  const nosy = await ours.convex();
  for (let count = 0; count < 3; count++) {
    const refused = { data: { code: "NOT_FOUND" } };
    await expect(nosy.query(api.projects.get, { projectId: foreign })).rejects.toMatchObject(
      refused,
    );
    const renamed = { projectId: foreign, name: "Mine now" };
    await expect(nosy.mutation(api.projects.update, renamed)).rejects.toMatchObject(refused);
  }
  const attempted = Date.now();
  await expect(alert).toBeVisible({ timeout: 20_000 });
  // What the issue asks for, on a machine that has nothing else to do.
  test
    .info()
    .annotations.push({ type: "ms to the alert", description: `${Date.now() - attempted}` });
  await expect(alert).toContainText("Ada Tester");
  await expectAccessible(page);

  await alert.getByRole("button", { name: /^History/ }).click();
  const history = page.getByRole("dialog", { name: /^What/ });
  await expect(history.getByText("reached for another company's").first()).toBeVisible();
  await expect(history.getByText("Their secret roof")).toHaveCount(0);
  await history.getByRole("button", { name: "Close" }).click();
  const mailed = async () => {
    const answer = await request.get(`${stack.mailboxUrl}.json?to=security%40sunup.example`);
    return JSON.stringify(await answer.json());
  };
  await expect.poll(mailed).toContain(ours.companyName);

  await alert.getByRole("button", { name: /^Acknowledge/ }).click();
  const dialog = page.getByRole("dialog", { name: "Acknowledge the alert" });
  await dialog.getByLabel("What did you find?").fill("Called them: a script of their own.");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await expect(alert).toHaveCount(0);
  await page.getByText("Acknowledged", { exact: true }).click();
  await expect(alert).toContainText("a script of their own");

  const administrator = await newBrowser();
  await signIn(administrator, ours);
  await administrator.goto("/settings/audit");
  await expect(administrator.getByText("was refused access to").first()).toBeVisible();
});

test("an administrator filters the company's audit trail and takes it away as a file", async ({
  page,
  newCompany,
}) => {
  const company = await newCompany("Trail Solar");
  const client = await company.convex();
  await client.mutation(api.campaigns.create, { name: "Home show" });
  const invited = { emails: ["new@trail.example"], roles: ["Viewer"] as ["Viewer"] };
  await client.mutation(api.invitations.invite, { ...invited, primaryRole: "Viewer" });

  await signIn(page, company);
  await page.goto("/settings/audit");
  const lines = page.getByRole("list", { name: "Audit trail" }).getByRole("listitem");
  const campaign = lines.filter({ hasText: "Home show" });
  const invitation = lines.filter({ hasText: "new@trail.example" });
  await expect(campaign).toHaveCount(1);
  await expect(invitation).toHaveCount(1);
  await page.getByLabel("What").selectOption({ label: "Pipeline and campaigns" });
  await expect(invitation).toHaveCount(0);
  await expect(campaign).toHaveCount(1);
  await page.reload();
  await expect(campaign).toHaveCount(1);
  await expect(invitation).toHaveCount(0);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text).toContain("Home show");
  expect(text).not.toContain("new@trail.example");
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(lines.first()).toContainText("exported");
});
