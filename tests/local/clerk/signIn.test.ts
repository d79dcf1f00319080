import { expect, test } from "vitest";
import { codeFor, PASSWORD, signUp, startTestClerk, TestBrowser } from "./harness.ts";
import type { LocalClerk } from "../../../local/clerk/server.ts";

const EMAIL = "ada+clerk_test@example.com";

/** A Clerk where ada has an account, and a browser that has never been there. */
async function withAccount(email = EMAIL) {
  const started = await startTestClerk();
  const { response } = await signUp(new TestBrowser(started.clerk), EMAIL);
  const userId = response.created_user_id as string;
  if (email !== EMAIL)
    await backend(started.clerk, "PUT", `/users/${userId}/email_address`, { email_address: email });
  return { ...started, userId, browser: new TestBrowser(started.clerk) };
}

async function backend(clerk: LocalClerk, method: string, path: string, body?: unknown) {
  return fetch(`${clerk.url}/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${clerk.secretKey}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

const signIn = (browser: TestBrowser, password: string, identifier = EMAIL) =>
  browser.post("/client/sign_ins", { strategy: "password", identifier, password });

test("address and password sign in, in any spelling of the address", async () => {
  const { browser, userId } = await withAccount();
  const answer = await signIn(browser, PASSWORD, "ADA+clerk_test@Example.com");
  expect(answer.response.status).toBe("complete");
  expect(answer.client).toMatchObject({
    sign_in: null,
    last_active_session_id: answer.response.created_session_id,
    sessions: [{ user: { id: userId } }],
  });
});

test("the password may come in a second step", async () => {
  const { browser } = await withAccount();
  const named = await browser.post("/client/sign_ins", { identifier: EMAIL });
  expect(named.response).toMatchObject({ status: "needs_first_factor", identifier: EMAIL });
  expect(named.response.supported_first_factors).toContainEqual({ strategy: "password" });
  const done = await browser.post(`/client/sign_ins/${named.response.id}/attempt_first_factor`, {
    strategy: "password",
    password: PASSWORD,
  });
  expect(done.response.status).toBe("complete");
});

test("a wrong password is refused by name and signs nobody in", async () => {
  const { browser } = await withAccount();
  const answer = await signIn(browser, "not the password");
  expect([answer.status, answer.error?.code, answer.error?.meta.param_name]).toEqual([
    422,
    "form_password_incorrect",
    "password",
  ]);
  expect((await browser.get("/client")).response.sessions).toEqual([]);
});

test("an unknown address is refused by name", async () => {
  const { browser } = await withAccount();
  const answer = await signIn(browser, PASSWORD, "nobody@example.com");
  expect([answer.status, answer.error?.code, answer.error?.meta.param_name]).toEqual([
    422,
    "form_identifier_not_found",
    "identifier",
  ]);
});

test("ten wrong passwords at once lock the account for a quarter of an hour", async () => {
  const { browser, clerk, clock } = await withAccount();
  const guesses = Array.from({ length: 14 }, (_, i) =>
    signIn(new TestBrowser(clerk), `guess number ${i}`),
  );
  const codes = (await Promise.all(guesses)).map(({ error }) => error?.code);
  expect(codes.filter((code) => code === "form_password_incorrect")).toHaveLength(10);
  expect(codes.filter((code) => code === "user_locked")).toHaveLength(4);

  const locked = await signIn(browser, PASSWORD);
  expect([locked.status, locked.error?.code]).toEqual([403, "user_locked"]);
  expect(locked.error?.long_message).toContain("15 minutes");
  clock.pass(15 * 60_000);
  expect((await signIn(browser, PASSWORD)).response.status).toBe("complete");
});

test("the right password forgets the wrong ones before it", async () => {
  const { clerk } = await withAccount();
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 7; i += 1) await signIn(new TestBrowser(clerk), "wrong password");
    expect((await signIn(new TestBrowser(clerk), PASSWORD)).response.status).toBe("complete");
  }
});

test("a forgotten password is replaced after a code by mail", async () => {
  const { browser, clerk } = await withAccount("ada@example.com");
  const { response } = await browser.post("/client/sign_ins", { identifier: "ada@example.com" });
  const path = `/client/sign_ins/${response.id}`;
  const factor = response.supported_first_factors.find(
    ({ strategy }: { strategy: string }) => strategy === "reset_password_email_code",
  );
  expect(factor.safe_identifier).toBe("a***@example.com");
  const strategy = "reset_password_email_code";
  await browser.post(`${path}/prepare_first_factor`, {
    strategy,
    email_address_id: factor.email_address_id,
  });

  const early = await browser.post(`${path}/reset_password`, { password: "a brand new one" });
  expect(early.error?.code).toBe("verification_missing");
  const wrong = await browser.post(`${path}/attempt_first_factor`, { strategy, code: "nope" });
  expect(wrong.error?.code).toBe("form_code_incorrect");
  const code = await codeFor(clerk, "ada@example.com");
  const proved = await browser.post(`${path}/attempt_first_factor`, { strategy, code });
  expect(proved.response.status).toBe("needs_new_password");
  const short = await browser.post(`${path}/reset_password`, { password: "short" });
  expect(short.error?.code).toBe("form_password_length_too_short");
  const done = await browser.post(`${path}/reset_password`, {
    password: "a brand new one",
    sign_out_of_other_sessions: true,
  });
  expect(done.response.status).toBe("complete");
  expect(done.client.sessions).toHaveLength(1);

  const other = new TestBrowser(clerk);
  expect((await signIn(other, PASSWORD, "ada@example.com")).error?.code).toBe(
    "form_password_incorrect",
  );
  expect((await signIn(other, "a brand new one", "ada@example.com")).response.status).toBe(
    "complete",
  );
});

test("a code for signing in does not allow a new password", async () => {
  const { browser } = await withAccount();
  const { response } = await browser.post("/client/sign_ins", { identifier: EMAIL });
  const path = `/client/sign_ins/${response.id}`;
  await browser.post(`${path}/prepare_first_factor`, { strategy: "email_code" });
  const swapped = await browser.post(`${path}/attempt_first_factor`, {
    strategy: "reset_password_email_code",
    code: "424242",
  });
  expect(swapped.error?.code).toBe("verification_missing");
  const done = await browser.post(`${path}/attempt_first_factor`, {
    strategy: "email_code",
    code: "424242",
  });
  expect(done.response.status).toBe("complete");
});

test("a code cannot be guessed by asking for a new one again and again", async () => {
  const { browser } = await withAccount("ada@example.com");
  const { response } = await browser.post("/client/sign_ins", { identifier: "ada@example.com" });
  const path = `/client/sign_ins/${response.id}`;
  const codes = [];
  for (let i = 0; i < 12; i += 1) {
    await browser.post(`${path}/prepare_first_factor`, { strategy: "email_code" });
    codes.push(
      (
        await browser.post(`${path}/attempt_first_factor`, {
          strategy: "email_code",
          code: "guess",
        })
      ).error?.code,
    );
  }
  expect(codes.slice(10)).toEqual(["user_locked", "user_locked"]);
});

test("who is signed in cannot sign in again in the same browser", async () => {
  const { browser } = await withAccount();
  await signIn(browser, PASSWORD);
  expect((await signIn(browser, PASSWORD)).error?.code).toBe("session_exists");
});

test("a banned user is signed out and kept out", async () => {
  const { browser, clerk, userId } = await withAccount();
  const { response } = await signIn(browser, PASSWORD);
  await backend(clerk, "POST", `/users/${userId}/ban`);
  const token = await browser.post(`/client/sessions/${response.created_session_id}/tokens`);
  expect(token.status).toBe(401);
  const answer = await signIn(new TestBrowser(clerk), PASSWORD);
  expect([answer.status, answer.error?.code]).toEqual([403, "user_banned"]);
});
