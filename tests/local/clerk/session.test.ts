import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { APP_URL, PASSWORD, signUp, startTestClerk, TestBrowser } from "./harness.ts";

const DAY = 24 * 60 * 60_000;
const EMAIL = "ada+clerk_test@example.com";

async function signedIn(headers: Record<string, string> = {}) {
  const started = await startTestClerk();
  const browser = new TestBrowser(started.clerk, headers);
  const { response } = await signUp(browser, EMAIL, { first_name: "Ada", last_name: "Lovelace" });
  return {
    ...started,
    browser,
    sessionId: response.created_session_id as string,
    userId: response.created_user_id as string,
  };
}

test("a Convex token verifies against the keys that OpenID discovery names", async () => {
  const { clerk, browser, sessionId, userId } = await signedIn();
  const { body } = await browser.post(`/client/sessions/${sessionId}/tokens/convex`);
  const discovered = (await (
    await fetch(`${clerk.issuer}/.well-known/openid-configuration`)
  ).json()) as { issuer: string; jwks_uri: string };
  expect(discovered.issuer).toBe(clerk.issuer);
  const keys = createRemoteJWKSet(new URL(discovered.jwks_uri));
  const { payload } = await jwtVerify(body.jwt, keys, { issuer: clerk.issuer, audience: "convex" });
  expect(payload).toMatchObject({
    sub: userId,
    email: EMAIL,
    email_verified: true,
    name: "Ada Lovelace",
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
});

test("a session token says which session, from which page, and how fresh the proof is", async () => {
  const { clerk, clock, browser, sessionId } = await signedIn();
  clock.pass(3 * 60_000);
  const { body } = await browser.post(`/client/sessions/${sessionId}/tokens`);
  expect(decodeJwt(body.jwt)).toMatchObject({
    iss: clerk.issuer,
    sid: sessionId,
    azp: APP_URL,
    sts: "active",
    v: 2,
    fva: [3, -1],
  });
  expect(decodeProtectedHeader(body.jwt)).toMatchObject({
    alg: "RS256",
    typ: "JWT",
    cat: "cl_B7d4PD111AAA",
  });
});

test("there is no token for a template nobody made", async () => {
  const { browser, sessionId } = await signedIn();
  for (const template of ["nothing", "constructor"]) {
    const answer = await browser.post(`/client/sessions/${sessionId}/tokens/${template}`);
    expect([answer.status, answer.error?.code]).toEqual([404, "resource_not_found"]);
  }
});

test("the cookies say since when somebody is signed in, never later than the token", async () => {
  const { browser, sessionId } = await signedIn();
  const since = Number(browser.cookies.get("__client_uat"));
  const { body } = await browser.post(`/client/sessions/${sessionId}/tokens`);
  expect(since).toBeGreaterThan(0);
  expect(since).toBeLessThanOrEqual(decodeJwt(body.jwt).iat ?? 0);
});

test("the browser's secret is in an HttpOnly cookie and nowhere in an answer", async () => {
  const { clerk, browser } = await signedIn();
  const [name, secret] =
    [...browser.cookies].find(
      ([cookie]) => cookie.startsWith("__client_") && !cookie.includes("uat"),
    ) ?? [];
  const answer = await browser.get("/client");
  expect(answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`))).toMatch(
    /HttpOnly/,
  );
  expect(JSON.stringify(answer.body)).not.toContain(secret);
  const stranger = new TestBrowser(clerk);
  stranger.cookies.set(name ?? "", answer.response.id);
  expect((await stranger.get("/client")).response.sessions).toEqual([]);
});

test("a touched session stays the active one, with a fresh token", async () => {
  const { clock, browser, sessionId } = await signedIn();
  const before = (await browser.get("/client")).response.sessions[0];
  clock.pass(60_000);
  const { response, client } = await browser.post(`/client/sessions/${sessionId}/touch`, {
    active_organization_id: "",
  });
  expect(response.last_active_at).toBeGreaterThanOrEqual(before.last_active_at + 60_000);
  expect(decodeJwt(response.last_active_token.jwt)["sid"]).toBe(sessionId);
  expect(client.last_active_session_id).toBe(sessionId);
});

test.each([
  ["sign-out", (browser: TestBrowser) => browser.delete("/client/sessions")],
  ["end", (browser: TestBrowser, id: string) => browser.post(`/client/sessions/${id}/end`)],
  ["remove", (browser: TestBrowser, id: string) => browser.post(`/client/sessions/${id}/remove`)],
])("after %s there are no tokens and the cookies say so", async (_, leave) => {
  const { browser, sessionId } = await signedIn();
  const left = await leave(browser, sessionId);
  expect(left.client.sessions).toEqual([]);
  expect(browser.cookies.get("__client_uat")).toBe("0");
  const token = await browser.post(`/client/sessions/${sessionId}/tokens`);
  expect([token.status, token.error?.code]).toEqual([401, "authentication_invalid"]);
  const again = await browser.post("/client/sign_ins", { identifier: EMAIL, password: PASSWORD });
  expect(again.response.status).toBe("complete");
});

test("a session ends by itself after seven days", async () => {
  const { clock, browser, sessionId } = await signedIn();
  clock.pass(7 * DAY - 60_000);
  expect((await browser.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(200);
  clock.pass(60_000);
  expect((await browser.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(401);
  expect((await browser.get("/client")).response.sessions).toEqual([]);
});

const handshake = (browser: TestBrowser, to: string) =>
  browser.get(`/client/handshake?redirect_url=${encodeURIComponent(to)}&format=nonce`);

test("a handshake brings a signed-in browser back with a fresh token", async () => {
  const { browser, sessionId } = await signedIn();
  const answer = await handshake(browser, `${APP_URL}/dashboard?tab=1`);
  expect([answer.status, answer.headers.get("location")]).toEqual([
    307,
    `${APP_URL}/dashboard?tab=1`,
  ]);
  const suffixed = [...browser.cookies.keys()].find((name) => /^__session_/.test(name)) ?? "";
  for (const name of ["__session", suffixed]) {
    expect(decodeJwt(browser.cookies.get(name) ?? "")["sid"]).toBe(sessionId);
  }
});

test("a handshake takes the old token from a browser where nobody is signed in", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  browser.cookies.set("__session", "an old token");
  browser.cookies.set("__client_uat", "1700000000");
  const answer = await handshake(browser, `${APP_URL}/`);
  expect(answer.status).toBe(307);
  expect(browser.cookies.has("__session")).toBe(false);
  expect(browser.cookies.get("__client_uat")).toBe("0");
});

test("a handshake keeps a strange address harmless", async () => {
  const { browser } = await signedIn();
  const answer = await handshake(browser, `${APP_URL}/a\r\nSet-Cookie: x=y/ü`);
  expect([answer.status, answer.headers.get("location")]).toEqual([
    307,
    `${APP_URL}/aSet-Cookie:%20x=y/%C3%BC`,
  ]);
});

test("a handshake leads nowhere but to the app", async () => {
  const { browser } = await signedIn();
  for (const target of [
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    `${APP_URL}.evil.example/`,
  ]) {
    const answer = await handshake(browser, target);
    expect([target, answer.status, answer.error?.code]).toEqual([
      target,
      400,
      "redirect_url_mismatch",
    ]);
  }
});

test("pages of other origins on this host cannot act for the user", async () => {
  const { clerk, browser, sessionId } = await signedIn();
  const evil = new TestBrowser(clerk, { origin: "http://localhost:6666" });
  for (const [name, value] of browser.cookies) evil.cookies.set(name, value);
  const answer = await evil.post(`/client/sessions/${sessionId}/tokens`);
  expect([answer.status, answer.error?.code]).toEqual([400, "origin_invalid"]);
});

test("the app's proxy names the page's origin, if it knows the secret key", async () => {
  const { clerk, browser, sessionId } = await signedIn();
  const proxied = (secret: string) => {
    const through = new TestBrowser(clerk, {
      origin: "https://sunup.example",
      "clerk-proxy-url": "https://sunup.example/__clerk",
      "clerk-secret-key": secret,
    });
    for (const [name, value] of browser.cookies) through.cookies.set(name, value);
    return through.post(`/client/sessions/${sessionId}/tokens`);
  };
  expect(decodeJwt((await proxied(clerk.secretKey)).body.jwt)["azp"]).toBe("https://sunup.example");
  expect((await proxied("sk_live_guess")).error?.code).toBe("clerk_key_invalid");
});
