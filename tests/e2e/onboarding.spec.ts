import { createClerkClient } from "@clerk/backend";
import { expectDashboard, fillSignIn, signUpToCode } from "./support/actions.ts";
import { expect, PASSWORD, test, uniqueEmail } from "./support/test.ts";

test("the back button during onboarding leads nowhere wrong", async ({ page }) => {
  await signUpToCode(page, { companyName: "Back Button Solar", email: uniqueEmail() });
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL(/\/onboarding$/);
  await page.goBack();
  await expectDashboard(page, "Back Button Solar");
  await page.goto("/onboarding");
  await expectDashboard(page, "Back Button Solar");
  await page.goto("/signup");
  await expectDashboard(page, "Back Button Solar");
});

test("a reload and the back button in the code step keep the sign-up", async ({ page }) => {
  const email = uniqueEmail();
  await signUpToCode(page, { companyName: "Reload Solar", email });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Company name")).toHaveValue("Reload Solar");
  await page.goForward();
  await page.getByLabel("Code").fill("424242");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expectDashboard(page, "Reload Solar");
});

test("a tab closed right after the code loses nothing", async ({ page, newBrowser }) => {
  const email = uniqueEmail();
  await signUpToCode(page, { companyName: "Closed Tab Solar", email });
  const verified = page.waitForResponse(/attempt_verification/);
  await page.getByRole("button", { name: "Confirm" }).click();
  await verified;
  await page.close();

  const later = await newBrowser();
  await later.goto("/sign-in");
  await fillSignIn(later, email, PASSWORD);
  await expectDashboard(later, "Closed Tab Solar");
});

test("a user who came without a company name is asked for one", async ({ page, stack }) => {
  const email = uniqueEmail();
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  await clerk.users.createUser({ emailAddress: [email], password: PASSWORD, firstName: "Ada" });
  await page.goto("/sign-in");
  await fillSignIn(page, email, PASSWORD);
  await expect(page.getByRole("heading", { name: "Name your company" })).toBeVisible();
  await page.getByRole("button", { name: "Set up my workspace" }).click();
  await expect(page.getByText("Enter your company's name.")).toBeVisible();
  await page.getByLabel("Company name").fill("Late Name Solar");
  await page.getByRole("button", { name: "Set up my workspace" }).dblclick();
  await expectDashboard(page, "Late Name Solar");
});

test("a database out of reach is named, and the workspace opens by itself when it is back", async ({
  page,
}) => {
  let reachable = false;
  await page.routeWebSocket(/\/api\/.*sync/, (socket) => {
    if (reachable) socket.connectToServer();
    else void socket.close();
  });
  await signUpToCode(page, { companyName: "Out Of Reach Solar", email: uniqueEmail() });
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("The connection is slow. We keep trying")).toBeVisible();
  await expect(page.getByText("Sunup cannot be reached")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Your account is safe.")).toBeVisible();
  reachable = true;
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 30_000 });
  await expectDashboard(page, "Out Of Reach Solar");
});
