import { expect, test } from "vitest";
import {
  codeFor,
  mailsTo,
  PASSWORD,
  signUp,
  startSignUp,
  startTestClerk,
  TestBrowser,
} from "./harness.ts";

const MINUTE = 60_000;

test("an address and a password wait for the code that the mailbox holds", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  const started = await browser.post("/client/sign_ups", {
    email_address: " Ada@Example.com ",
    password: PASSWORD,
    first_name: "Ada",
    unsafe_metadata: { companyName: "Sunny Roofs", plan: "pro" },
  });
  expect(started.response).toMatchObject({
    status: "missing_requirements",
    email_address: "ada@example.com",
    has_password: true,
    missing_fields: [],
    unverified_fields: ["email_address"],
    unsafe_metadata: { companyName: "Sunny Roofs", plan: "pro" },
    verifications: { email_address: { strategy: null, next_action: "needs_prepare" } },
  });

  const path = `/client/sign_ups/${started.response.id}`;
  const sent = await browser.post(`${path}/prepare_verification`, { strategy: "email_code" });
  expect(sent.response.verifications.email_address).toMatchObject({
    status: "unverified",
    strategy: "email_code",
    next_action: "needs_attempt",
  });
  expect((await mailsTo(clerk, "ada@example.com"))[0]?.subject).toMatch(
    /^\d{6} is your verification code$/,
  );

  const done = await browser.post(`${path}/attempt_verification`, {
    strategy: "email_code",
    code: await codeFor(clerk, "ada@example.com"),
  });
  expect(done.response).toMatchObject({ status: "complete", missing_fields: [] });
  expect(done.client).toMatchObject({
    sign_up: null,
    last_active_session_id: done.response.created_session_id,
    sessions: [
      {
        id: done.response.created_session_id,
        status: "active",
        user: {
          id: done.response.created_user_id,
          first_name: "Ada",
          unsafe_metadata: { companyName: "Sunny Roofs", plan: "pro" },
        },
      },
    ],
  });
});

test("a +clerk_test address takes 424242 and gets no mail", async () => {
  const { clerk } = await startTestClerk();
  const attempt = await startSignUp(new TestBrowser(clerk), "ada+clerk_test@example.com");
  expect(await mailsTo(clerk, "ada+clerk_test@example.com")).toEqual([]);
  expect((await attempt("424242")).response.status).toBe("complete");
});

test("424242 opens nothing for an ordinary address", async () => {
  const { clerk } = await startTestClerk();
  const attempt = await startSignUp(new TestBrowser(clerk), "ada@clerk_test.example.com");
  expect(await codeFor(clerk, "ada@clerk_test.example.com")).toMatch(/^\d{6}$/);
  expect((await attempt("424242")).error?.code).toBe("form_code_incorrect");
});

test("a wrong code is refused and can be corrected", async () => {
  const { clerk } = await startTestClerk();
  const attempt = await startSignUp(new TestBrowser(clerk), "ada+clerk_test@example.com");
  const wrong = await attempt("000000");
  expect([wrong.status, wrong.error?.code, wrong.error?.meta.param_name]).toEqual([
    422,
    "form_code_incorrect",
    "code",
  ]);
  expect((await attempt("424242")).response.status).toBe("complete");
});

test("after five wrong codes even the right one is refused, until a new one is sent", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  const attempt = await startSignUp(browser, "ada@example.com");
  const first = await codeFor(clerk, "ada@example.com");
  for (let i = 0; i < 4; i += 1) {
    expect((await attempt("wrong")).error?.code).toBe("form_code_incorrect");
  }
  expect((await attempt("wrong")).error?.code).toBe("verification_failed");
  expect((await attempt(first)).error?.code).toBe("verification_failed");

  const { response } = await browser.get("/client");
  await browser.post(`/client/sign_ups/${response.sign_up.id}/prepare_verification`, {
    strategy: "email_code",
  });
  const second = await codeFor(clerk, "ada@example.com");
  expect((await attempt(second)).response.status).toBe("complete");
});

test("a code expires after ten minutes", async () => {
  const { clerk, clock } = await startTestClerk();
  const attempt = await startSignUp(new TestBrowser(clerk), "ada+clerk_test@example.com");
  clock.pass(10 * MINUTE);
  expect((await attempt("424242")).error?.code).toBe("verification_expired");
});

test("sending another code voids the one before", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  const attempt = await startSignUp(browser, "ada@example.com");
  const { response } = await browser.get("/client");
  let codes: string[];
  do {
    await browser.post(`/client/sign_ups/${response.sign_up.id}/prepare_verification`, {
      strategy: "email_code",
    });
    codes = (await mailsTo(clerk, "ada@example.com")).map(({ code }) => code ?? "");
  } while (codes[0] === codes[1]);
  expect((await attempt(codes[1] ?? "")).error?.code).toBe("form_code_incorrect");
  expect((await attempt(codes[0] ?? "")).response.status).toBe("complete");
});

test("after ten codes in ten minutes an address has to wait", async () => {
  const { clerk, clock } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  await startSignUp(browser, "ada@example.com");
  const { response } = await browser.get("/client");
  const sendAnother = () =>
    browser.post(`/client/sign_ups/${response.sign_up.id}/prepare_verification`, {
      strategy: "email_code",
    });
  for (let sent = 1; sent < 10; sent += 1) expect((await sendAnother()).status).toBe(200);
  const refused = await sendAnother();
  expect([refused.status, refused.error?.code]).toEqual([429, "too_many_requests"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(590);
  expect(await mailsTo(clerk, "ada@example.com")).toHaveLength(10);
  clock.pass(10 * MINUTE);
  expect((await sendAnother()).status).toBe(200);
});

test.each([
  [{ email_address: "nobody" }, "form_param_format_invalid", "email_address"],
  [{ email_address: "" }, "form_param_nil", "email_address"],
  [{ password: "seven77" }, "form_password_length_too_short", "password"],
  [{ password: "" }, "form_param_nil", "password"],
  [{ password: "x".repeat(73) }, "form_password_size_in_bytes_exceeded", "password"],
  [{ first_name: "x".repeat(256) }, "form_param_max_length_exceeded", "first_name"],
  [{ unsafe_metadata: "[1]" }, "form_param_format_invalid", "unsafe_metadata"],
  [
    { unsafe_metadata: { a: "x".repeat(9000) } },
    "form_param_max_length_exceeded",
    "unsafe_metadata",
  ],
])("the field %j is refused by name", async (field, code, param) => {
  const { clerk } = await startTestClerk();
  const answer = await new TestBrowser(clerk).post("/client/sign_ups", {
    email_address: "ada@example.com",
    password: PASSWORD,
    ...field,
  });
  expect([answer.status, answer.error?.code, answer.error?.meta.param_name]).toEqual([
    422,
    code,
    param,
  ]);
});

test("an address that has an account is refused, however it is spelled", async () => {
  const { clerk } = await startTestClerk();
  await signUp(new TestBrowser(clerk), "ada+clerk_test@example.com");
  const answer = await new TestBrowser(clerk).post("/client/sign_ups", {
    email_address: "ADA+clerk_test@example.com",
    password: PASSWORD,
  });
  expect([answer.status, answer.error?.code, answer.error?.meta.param_name]).toEqual([
    422,
    "form_identifier_exists",
    "email_address",
  ]);
});

test("of two sign-ups racing for one address only one makes a user", async () => {
  const { clerk } = await startTestClerk();
  const attempts = [
    await startSignUp(new TestBrowser(clerk), "ada+clerk_test@example.com"),
    await startSignUp(new TestBrowser(clerk), "ada+clerk_test@example.com"),
  ];
  const answers = await Promise.all(attempts.map((attempt) => attempt("424242")));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
});

test("the password may come after the code", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  const { response } = await browser.post("/client/sign_ups", {
    email_address: "ada+clerk_test@example.com",
  });
  expect(response.missing_fields).toEqual(["password"]);
  const path = `/client/sign_ups/${response.id}`;
  await browser.post(`${path}/prepare_verification`, { strategy: "email_code" });
  const verified = await browser.post(`${path}/attempt_verification`, {
    strategy: "email_code",
    code: "424242",
  });
  expect(verified.response.status).toBe("missing_requirements");
  const done = await browser.patch(path, { password: PASSWORD });
  expect(done.response.status).toBe("complete");
});

test("another address must be proved anew", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  const attempt = await startSignUp(browser, "wrong+clerk_test@example.com");
  const { response } = await browser.get("/client");
  const path = `/client/sign_ups/${response.sign_up.id}`;
  const changed = await browser.patch(path, { email_address: "right+clerk_test@example.com" });
  expect(changed.response).toMatchObject({
    email_address: "right+clerk_test@example.com",
    unverified_fields: ["email_address"],
  });
  expect((await attempt("424242")).error?.code).toBe("verification_missing");
});

test("a finished sign-up cannot be used again", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  const { response } = await signUp(browser, "ada+clerk_test@example.com");
  const again = await browser.patch(`/client/sign_ups/${response.id}`, { first_name: "Eve" });
  expect(again.error?.code).toBe("sign_up_cannot_be_updated");
});

test("nobody can go on with another browser's sign-up", async () => {
  const { clerk } = await startTestClerk();
  const mine = new TestBrowser(clerk);
  const { response } = await mine.post("/client/sign_ups", {
    email_address: "ada+clerk_test@example.com",
    password: PASSWORD,
  });
  await mine.post(`/client/sign_ups/${response.id}/prepare_verification`, {
    strategy: "email_code",
  });

  const theirs = new TestBrowser(clerk);
  await theirs.post("/client/sign_ups", { email_address: "eve@example.com" });
  const stolen = await theirs.post(`/client/sign_ups/${response.id}/attempt_verification`, {
    strategy: "email_code",
    code: "424242",
  });
  expect([stolen.status, stolen.error?.code]).toEqual([404, "resource_not_found"]);
});

test("who is signed in cannot sign up", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  await signUp(browser, "ada+clerk_test@example.com");
  const again = await browser.post("/client/sign_ups", { email_address: "eve@example.com" });
  expect([again.status, again.error?.code]).toEqual([400, "session_exists"]);
});
