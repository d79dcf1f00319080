import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { expectAccessible } from "./support/accessible.ts";
import { signIn, signInAsStaff } from "./support/actions.ts";
import { type Company, expect, test } from "./support/test.ts";

/** Adds a document to a project as the browser does, and gives its file. */
async function addDocument(
  client: Awaited<ReturnType<Company["convex"]>>,
  projectId: Id<"projects">,
): Promise<Id<"files">> {
  const bytes = Buffer.from("%PDF-1.4\n%%EOF\n");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const announced = { name: "Bill.pdf", contentType: "application/pdf", size: bytes.length };
  const file = { ...announced, sha256 };
  const start = await client.mutation(api.documents.startUpload, { projectId, file });
  const headers = { "content-type": file.contentType };
  const sent = await fetch(start.uploadUrl, { method: "POST", headers, body: bytes });
  const { storageId } = (await sent.json()) as { storageId: Id<"_storage"> };
  const { uploadId } = start;
  await client.mutation(api.documents.add, { uploadId, storageId, projectId, kind: "utilityBill" });
  const paginationOpts = { numItems: 1, cursor: null };
  const { page } = await client.query(api.documents.list, { projectId, paginationOpts });
  return page[0]!.fileId;
}

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
  const quiet = await theirs.convex();
  const foreign = await quiet.mutation(api.projects.create, project);
  const foreignFile = await addDocument(quiet, foreign);
  const administrator = await newBrowser();
  await signIn(administrator, ours);
  await signInAsStaff(page, await newStaff("operator"));
  await page.goto("/admin/security");
  const alert = page.getByRole("listitem").filter({ hasText: ours.companyName });
  await expect(page.getByText("Ada Tester").or(page.getByText("No open alerts"))).not.toHaveCount(
    0,
  );
  await expect(alert).toHaveCount(0);

  // Five alert, so each of them was seen: queries, mutations, whose transactions are rolled back,
  // and the app's route to files, which asks Convex over HTTP.
  const nosy = await ours.convex();
  for (let count = 0; count < 2; count++) {
    const refused = { data: { code: "NOT_FOUND" } };
    await expect(nosy.query(api.projects.get, { projectId: foreign })).rejects.toMatchObject(
      refused,
    );
    const renamed = { projectId: foreign, name: "Mine now" };
    await expect(nosy.mutation(api.projects.update, renamed)).rejects.toMatchObject(refused);
  }
  const file = await administrator.request.get(`/api/files/${foreignFile}`);
  expect(file.status()).toBe(404);
  const attempted = Date.now();
  await expect(alert).toBeVisible({ timeout: 10_000 });
  test
    .info()
    .annotations.push({ type: "ms to the alert", description: `${Date.now() - attempted}` });
  await expect(alert).toContainText("5 times");
  await expect(alert).toContainText("Ada Tester");
  await expectAccessible(page);

  await alert.getByRole("button", { name: /^History/ }).click();
  const history = page.getByRole("dialog", { name: /^What/ });
  // The same of one function is one line where it came with one batch of the log, otherwise two.
  const lines = history.getByText("reached for another company's");
  await expect(lines.filter({ hasText: `projects ${foreign}` }).first()).toBeVisible();
  await expect(history.getByText(`files ${foreignFile}`)).toBeVisible();
  await expect(history.getByText("Their secret roof")).toHaveCount(0);
  await history.getByRole("button", { name: "Close" }).click();
  const mailed = async () => {
    const answer = await request.get(`${stack.mailboxUrl}.json?to=security%40sunup.example`);
    return JSON.stringify(await answer.json());
  };
  await expect.poll(mailed).toContain(ours.companyName);

  await alert.getByRole("button", { name: "Lock Ada Tester" }).click();
  const lock = page.getByRole("dialog", { name: "Lock Ada Tester" });
  await lock.getByLabel("Why?").fill("Until they explain it.");
  await lock.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(alert.getByText("Locked", { exact: true })).toBeVisible();

  await alert.getByRole("button", { name: /^Acknowledge/ }).click();
  const dialog = page.getByRole("dialog", { name: "Acknowledge the alert" });
  await dialog.getByLabel("What did you find?").fill("Called them: a script of their own.");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await expect(alert).toHaveCount(0);
  await page.getByText("Acknowledged", { exact: true }).click();
  await expect(alert).toContainText("a script of their own");
  await expect(alert.getByText("Locked", { exact: true })).toBeVisible();
  await alert.getByRole("button", { name: "Unlock Ada Tester" }).click();
  const unlock = page.getByRole("dialog", { name: "Unlock Ada Tester" });
  await unlock.getByLabel("Why?").fill("Their script is gone.");
  await unlock.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(alert.getByText("Locked", { exact: true })).toHaveCount(0);
  await expect(alert.getByRole("button", { name: /^(Unl|L)ock/ })).toHaveCount(0);

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
