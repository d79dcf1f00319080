import { afterAll, beforeAll, expect, test } from "vitest";
import { MAX_CODE_ATTEMPTS, MAX_CODES_SENT } from "../../../local/clerk/codes.ts";
import { MAX_FAILED_ATTEMPTS } from "../../../local/clerk/lockout.ts";
import { TestBrowser } from "../clerk/harness.ts";
import { PASSWORD, startTarget, type Target } from "./target.ts";

/**
 * Clerk tells an unknown address from a wrong password ("Couldn't find your account"), at sign-in, at
 * sign-up and when a password was forgotten, unless "enumeration protection" is on in its dashboard.
 * The local Clerk does the same, so these tests hold what Clerk promises besides: there is no end of
 * addresses to ask about, but an end of guesses about each.
 */
let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.close());

async function newUser(email: string): Promise<string> {
  const user = await target.clerkClient.users.createUser({
    emailAddress: [email],
    password: PASSWORD,
  });
  return user.id;
}

/** Every guess from a browser of its own, as a guesser would. */
const browser = () => new TestBrowser(target.clerk);
const signIn = (identifier: string, password: string) =>
  browser().post("/client/sign_ins", { identifier, password });

test("an unknown address is told from a wrong password, as Clerk does, and neither opens a session", async () => {
  await newUser("known@guess.example");
  const wrong = await signIn("known@guess.example", "not-the-password-1");
  const unknown = await signIn("unknown@guess.example", "not-the-password-1");
  expect(wrong.error?.code).toBe("form_password_incorrect");
  expect(unknown.error?.code).toBe("form_identifier_not_found");
  for (const answer of [wrong, unknown]) {
    expect(answer.status).toBe(422);
    expect(answer.headers.getSetCookie().join()).not.toContain("__session");
  }
});

test("guessing passwords locks the account, for the right password too, and for this account only", async () => {
  const userId = await newUser("locked@guess.example");
  await newUser("other@guess.example");
  const guesses = await Promise.all(
    Array.from({ length: MAX_FAILED_ATTEMPTS + 5 }, (_, i) =>
      signIn("locked@guess.example", `guess-number-${i}`),
    ),
  );
  const tried = guesses.filter(({ error }) => error?.code === "form_password_incorrect");
  expect(tried.length).toBeLessThanOrEqual(MAX_FAILED_ATTEMPTS);
  expect((await signIn("locked@guess.example", PASSWORD)).error?.code).toBe("user_locked");
  expect((await target.clerkClient.users.getUser(userId)).locked).toBe(true);
  const { data } = await target.clerkClient.sessions.getSessionList({ userId });
  expect(data).toEqual([]);
  expect((await signIn("other@guess.example", PASSWORD)).status).toBe(200);
});

test("guessing the code of a forgotten password ends with the code, and changes no password", async () => {
  const email = "forgetful@guess.example";
  await newUser(email);
  const guesser = browser();
  const strategy = "reset_password_email_code";
  const { response } = await guesser.post("/client/sign_ins", { identifier: email, strategy });
  const at = `/client/sign_ins/${(response as { id: string }).id}`;
  const early = await guesser.post(`${at}/reset_password`, { password: "taken-over-1" });
  expect(early.error?.code).toBe("verification_missing");
  for (let guess = 1; guess <= MAX_CODE_ATTEMPTS; guess += 1) {
    // Six digits, so one in a million of these would be right.
    await guesser.post(`${at}/attempt_first_factor`, { strategy, code: `00000${guess}` });
  }
  const after = await guesser.post(`${at}/attempt_first_factor`, { strategy, code: "000009" });
  expect(after.error?.code).toBe("verification_failed");
  expect((await signIn(email, PASSWORD)).status).toBe(200);
});

test("codes are sent to one address a limited number of times, from however many browsers", async () => {
  const email = "flooded@guess.example";
  await newUser(email);
  const strategy = "email_code";
  const statuses: number[] = [];
  for (let asked = 0; asked < MAX_CODES_SENT + 3; asked += 1) {
    const answer = await browser().post("/client/sign_ins", { identifier: email, strategy });
    statuses.push(answer.status);
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(MAX_CODES_SENT);
  expect(statuses.at(-1)).toBe(429);
  const mails = await fetch(`${target.mail.mailboxUrl}.json?to=${encodeURIComponent(email)}`);
  expect(await mails.json()).toHaveLength(MAX_CODES_SENT);
});

test("another browser's sign-in can be neither read nor finished", async () => {
  await newUser("mine@guess.example");
  const mine = browser();
  const strategy = "email_code";
  const { response } = await mine.post("/client/sign_ins", {
    identifier: "mine@guess.example",
    strategy,
  });
  const at = `/client/sign_ins/${(response as { id: string }).id}`;
  const stranger = browser();
  const tries = [
    await stranger.get(at),
    await stranger.post(`${at}/attempt_first_factor`, { strategy, code: "000000" }),
    await stranger.post(`${at}/reset_password`, { password: "taken-over-1" }),
  ];
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test("another person's session gives no token", async () => {
  const userId = await newUser("session@guess.example");
  const { id } = await target.clerkClient.sessions.createSession({ userId });
  const thief = browser();
  await newUser("thief@guess.example");
  await thief.post("/client/sign_ins", { identifier: "thief@guess.example", password: PASSWORD });
  for (const path of [`/client/sessions/${id}/tokens`, `/client/sessions/${id}/tokens/convex`]) {
    const answer = await thief.post(path);
    expect(answer.status).toBe(401);
    expect(answer.body).not.toHaveProperty("jwt");
  }
});
