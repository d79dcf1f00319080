import { describe, expect, test } from "vitest";
import { decodeJwt } from "jose";
import type { Page } from "@playwright/test";
import type { PageWindow } from "./browserPage.ts";
import { hasChromium, startBrowserSetup } from "./browserPage.ts";
import { codeFor, PASSWORD, signUp, TestBrowser } from "./harness.ts";

if (!hasChromium) {
  console.warn("NOT RUN: the real clerk-js against the local Clerk; no Chromium (set CHROMIUM).");
}

const EMAIL = "ada@example.com";

describe.runIf(hasChromium)("the real clerk-js in Chromium", { timeout: 120_000 }, () => {
  test("signs up with a code, stays signed in over a reload, signs out and in again", async () => {
    const { clerk, newBrowser, open, foreignRequests } = await startBrowserSetup();
    const page = await open(await newBrowser());

    await page.evaluate(
      ([emailAddress, password]) => {
        const { client } = (window as unknown as AnyWindow).Clerk;
        return client.signUp.__internal_future.password({
          emailAddress,
          password,
          unsafeMetadata: { companyName: "Sunny Roofs", plan: "pro" },
        });
      },
      [EMAIL, PASSWORD],
    );
    await page.evaluate(() => {
      const { client } = (window as unknown as AnyWindow).Clerk;
      return client.signUp.__internal_future.verifications.sendEmailCode();
    });
    const wrong = await verifyCode(page, "000000x");
    expect(wrong).toMatchObject({ error: { errors: [{ code: "form_code_incorrect" }] } });
    const right = await verifyCode(page, await codeFor(clerk, EMAIL));
    expect(right).toMatchObject({ error: null, status: "complete" });
    expect(await whoIsSignedIn(page)).toBe(EMAIL);
    expect(await cookieNames(page)).toEqual(
      expect.arrayContaining([
        "__client_uat",
        "__session",
        expect.stringMatching(/^__client_[\w-]{8}$/),
      ]),
    );

    await page.reload();
    await page.waitForFunction(() => (window as unknown as PageWindow).Clerk?.loaded);
    expect(await whoIsSignedIn(page)).toBe(EMAIL);

    await page.evaluate(() => (window as unknown as PageWindow).Clerk?.signOut());
    await page.waitForFunction(() => (window as unknown as PageWindow).Clerk?.user === null);
    await page.reload();
    await page.waitForFunction(() => (window as unknown as PageWindow).Clerk?.loaded);
    expect(await whoIsSignedIn(page)).toBeNull();

    expect(await signInByPassword(page, EMAIL, "not the password")).toBe("form_password_incorrect");
    expect(await signInByPassword(page, "nobody@example.com", PASSWORD)).toBe(
      "form_identifier_not_found",
    );
    expect(await signInByPassword(page, EMAIL, PASSWORD)).toBe("signed in");
    expect(await whoIsSignedIn(page)).toBe(EMAIL);
    expect(foreignRequests).toEqual([]);
  });

  test("gets fresh tokens, also for Convex, until the session is revoked elsewhere", async () => {
    const { clerk, newBrowser, open, appUrl } = await startBrowserSetup();
    await signUp(new TestBrowser(clerk), "ada+clerk_test@example.com");
    const page = await open(await newBrowser());
    await signInByPassword(page, "ada+clerk_test@example.com", PASSWORD);

    const token = (options: object) =>
      page.evaluate(
        (given) => (window as unknown as PageWindow).Clerk?.session?.getToken(given),
        options,
      );
    const first = decodeJwt((await token({ skipCache: true })) ?? "");
    const second = decodeJwt((await token({ skipCache: true })) ?? "");
    expect(second.jti).not.toBe(first.jti);
    expect(second).toMatchObject({ azp: appUrl, iss: clerk.issuer, v: 2 });
    const convex = decodeJwt((await token({ template: "convex" })) ?? "");
    expect(convex).toMatchObject({ aud: "convex", email: "ada+clerk_test@example.com" });

    await fetch(`${clerk.url}/v1/sessions/${String(first["sid"])}/revoke`, {
      method: "POST",
      headers: { Authorization: `Bearer ${clerk.secretKey}` },
    });
    await token({ skipCache: true }).catch(() => null);
    await page.waitForFunction(() => (window as unknown as PageWindow).Clerk?.user === null);
  });

  test("two browsers have sessions of their own", async () => {
    const { clerk, newBrowser, open } = await startBrowserSetup();
    await signUp(new TestBrowser(clerk), "ada+clerk_test@example.com");
    const pages = [await open(await newBrowser()), await open(await newBrowser())] as const;
    for (const page of pages) await signInByPassword(page, "ada+clerk_test@example.com", PASSWORD);

    await pages[0].evaluate(() => (window as unknown as PageWindow).Clerk?.signOut());
    await pages[1].reload();
    await pages[1].waitForFunction(() => (window as unknown as PageWindow).Clerk?.loaded);
    expect(await whoIsSignedIn(pages[0])).toBeNull();
    expect(await whoIsSignedIn(pages[1])).toBe("ada+clerk_test@example.com");
  });

  test("Clerk's own sign-up and sign-in forms work", async () => {
    const { clerk, newBrowser, open, foreignRequests } = await startBrowserSetup();
    const page = await open(await newBrowser());
    await mount(page, "mountSignUp");
    await page.getByLabel("Email address").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByText("Verify your email").waitFor();
    await expect.poll(() => codeFor(clerk, EMAIL)).toMatch(/^\d{6}$/);
    await page.keyboard.type(await codeFor(clerk, EMAIL));
    await page.waitForFunction(() => Boolean((window as unknown as PageWindow).Clerk?.user));

    const other = await open(await newBrowser());
    await mount(other, "mountSignIn");
    await other.getByLabel("Email address").fill(EMAIL);
    await other.getByLabel("Password", { exact: true }).fill("not the password");
    await other.getByRole("button", { name: "Continue", exact: true }).click();
    // Clerk's form moves on to a page that asks for the password alone.
    await other.getByText("Enter your password").waitFor();
    await other.getByLabel("Password", { exact: true }).fill("not the password");
    await other.getByRole("button", { name: "Continue", exact: true }).click();
    await other.getByText("Password is incorrect").first().waitFor();
    await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.getByRole("button", { name: "Continue", exact: true }).click();
    await other.waitForFunction(() => Boolean((window as unknown as PageWindow).Clerk?.user));
    expect(foreignRequests).toEqual([]);
  });

  test("Clerk's account page changes the name and the password, lists devices and deletes the account", async () => {
    const { clerk, newBrowser, open, foreignRequests } = await startBrowserSetup();
    const email = "ada+clerk_test@example.com";
    await signUp(new TestBrowser(clerk), email);
    const page = await open(await newBrowser());
    await signInByPassword(page, email, PASSWORD);
    await mount(page, "mountUserProfile");

    await page.getByRole("button", { name: "Update profile" }).click();
    await page.getByLabel("First name").fill("Ada");
    await page.getByLabel("Last name").fill("Lovelace");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Ada Lovelace").first().waitFor();

    await page.getByRole("button", { name: "Security" }).click();
    await page.getByText("This device").waitFor();
    await page.getByRole("button", { name: "Update password" }).click();
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill("a brand new password");
    await page.getByLabel("Confirm password").fill("a brand new password");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Update password" }).waitFor();
    expect(await signInCode(new TestBrowser(clerk), email, PASSWORD)).toBe(
      "form_password_incorrect",
    );
    expect(await signInCode(new TestBrowser(clerk), email, "a brand new password")).toBeUndefined();

    await page.getByRole("button", { name: "Delete account" }).click();
    await page.getByLabel(/Delete account/).fill("Delete account");
    await page.getByRole("button", { name: "Delete account" }).last().click();
    await page.waitForFunction(() => (window as unknown as PageWindow).Clerk?.user === null);
    expect(await signInCode(new TestBrowser(clerk), email, PASSWORD)).toBe(
      "form_identifier_not_found",
    );
    expect(foreignRequests).toEqual([]);
  });
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the page's clerk-js, used as its own types do not allow
type AnyWindow = { Clerk: any };

/** The code step of the custom sign-up flow; on success the new session becomes the active one. */
function verifyCode(page: Page, code: string): Promise<unknown> {
  return page.evaluate(async (given) => {
    const signUp = (window as unknown as AnyWindow).Clerk.client.signUp.__internal_future;
    const { error } = await signUp.verifications.verifyEmailCode({ code: given });
    if (!error) await signUp.finalize();
    return { error: error && { errors: error.errors }, status: signUp.status };
  }, code);
}

/** "signed in", or the code of the error. */
function signInByPassword(page: Page, identifier: string, password: string): Promise<string> {
  return page.evaluate(
    async ([address, secret]) => {
      const { Clerk } = window as unknown as AnyWindow;
      try {
        const signIn = await Clerk.client.signIn.create({ identifier: address, password: secret });
        await Clerk.setActive({ session: signIn.createdSessionId });
        return "signed in";
      } catch (error) {
        return (error as { errors: { code: string }[] }).errors[0]?.code ?? "no code";
      }
    },
    [identifier, password],
  );
}

async function signInCode(browser: TestBrowser, identifier: string, password: string) {
  return (await browser.post("/client/sign_ins", { identifier, password })).error?.code;
}

function whoIsSignedIn(page: Page): Promise<string | null> {
  return page.evaluate(
    () => (window as unknown as PageWindow).Clerk?.user?.primaryEmailAddress.emailAddress ?? null,
  );
}

async function cookieNames(page: Page): Promise<string[]> {
  return (await page.context().cookies()).map(({ name }) => name);
}

async function mount(
  page: Page,
  what: "mountSignUp" | "mountSignIn" | "mountUserProfile",
): Promise<void> {
  await page.evaluate((method) => {
    (window as unknown as AnyWindow).Clerk[method](document.getElementById("root"), {
      routing: "hash",
    });
  }, what);
}
