/** The real back-end SDK, as the app's server and its Convex functions use it. */
import { createClerkClient, verifyToken } from "@clerk/backend";
import { verifyWebhook } from "@clerk/backend/webhooks";
import { expect, test } from "vitest";
import type { LocalClerk } from "../../../local/clerk/server.ts";
import {
  APP_URL,
  mailsTo,
  PASSWORD,
  signUp,
  startTestClerk,
  startWebhookReceiver,
  TestBrowser,
} from "./harness.ts";

const EMAIL = "ada+clerk_test@example.com";

async function startBackend() {
  const hook = await startWebhookReceiver();
  const started = await startTestClerk({ webhookUrl: hook.url });
  return { ...started, hook, backend: backendOf(started.clerk) };
}

const backendOf = (clerk: LocalClerk, secretKey = clerk.secretKey) =>
  createClerkClient({ apiUrl: clerk.url, secretKey, publishableKey: clerk.publishableKey });

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "no error",
    (error: { errors: { code: string }[] }) => error.errors[0]?.code,
  );

test("users are created, found, changed and deleted, and the app hears of each", async () => {
  const { backend, hook } = await startBackend();
  const user = await backend.users.createUser({
    emailAddress: ["Ada@Example.com"],
    password: PASSWORD,
    firstName: "Ada",
    unsafeMetadata: { companyName: "Sunny Roofs" },
    publicMetadata: { staff: true },
  });
  expect(user).toMatchObject({
    firstName: "Ada",
    passwordEnabled: true,
    unsafeMetadata: { companyName: "Sunny Roofs" },
    publicMetadata: { staff: true },
  });
  expect(user.primaryEmailAddress?.emailAddress).toBe("ada@example.com");
  expect(user.primaryEmailAddress?.verification?.status).toBe("verified");
  expect(
    await codeOf(
      backend.users.createUser({ emailAddress: ["ada@example.com"], password: PASSWORD }),
    ),
  ).toBe("form_identifier_exists");

  expect((await backend.users.getUser(user.id)).id).toBe(user.id);
  const renamed = await backend.users.updateUser(user.id, { lastName: "Lovelace" });
  expect(renamed.fullName).toBe("Ada Lovelace");
  await backend.users.deleteUser(user.id);
  expect(await codeOf(backend.users.getUser(user.id))).toBe("resource_not_found");
  await expect
    .poll(() => hook.heard.map(({ type }) => type).sort())
    .toEqual(["user.created", "user.deleted", "user.updated"]);
  expect(hook.ofType("user.created")[0]?.data).toMatchObject({
    id: user.id,
    unsafe_metadata: { companyName: "Sunny Roofs" },
    email_addresses: [{ email_address: "ada@example.com" }],
  });
});

test("users are listed newest first, by page, by address and by id", async () => {
  const { backend } = await startBackend();
  const users = [];
  for (const name of ["one", "two", "three"]) {
    users.push(
      await backend.users.createUser({
        emailAddress: [`${name}@example.com`],
        skipPasswordRequirement: true,
      }),
    );
  }
  const page = await backend.users.getUserList({ limit: 2 });
  expect(page.totalCount).toBe(3);
  expect(page.data.map(({ id }) => id)).toEqual([users[2]?.id, users[1]?.id]);
  const byAddress = await backend.users.getUserList({
    emailAddress: ["ONE@example.com", "two@example.com"],
  });
  expect(byAddress.totalCount).toBe(2);
  const byId = await backend.users.getUserList({ userId: [users[0]?.id ?? ""] });
  expect(byId.data.map(({ id }) => id)).toEqual([users[0]?.id]);
  expect((await backend.users.getUserList({ query: "THREE" })).data).toHaveLength(1);
});

test("metadata is merged deeply or replaced, as asked", async () => {
  const { backend } = await startBackend();
  const { id } = await backend.users.createUser({
    emailAddress: ["ada@example.com"],
    skipPasswordRequirement: true,
    publicMetadata: { a: { b: 1, c: 2 } },
    privateMetadata: { keep: true },
  });
  const merged = await backend.users.updateUserMetadata(id, {
    publicMetadata: { a: { b: null }, d: 3 },
  });
  expect(merged.publicMetadata).toEqual({ a: { c: 2 }, d: 3 });
  const replaced = await backend.users.replaceUserMetadata(id, { publicMetadata: { only: 1 } });
  expect(replaced.publicMetadata).toEqual({ only: 1 });
  expect(replaced.privateMetadata).toEqual({ keep: true });
});

test("private metadata is never told to a browser", async () => {
  const { backend, clerk } = await startBackend();
  const browser = new TestBrowser(clerk);
  const { response } = await signUp(browser, EMAIL);
  await backend.users.updateUserMetadata(response.created_user_id, {
    privateMetadata: { secret: "x-ray" },
  });
  expect(JSON.stringify((await browser.get("/client")).body)).not.toContain("x-ray");
});

test("a session made by the back end has tokens, and a revoked one has none", async () => {
  const { backend, clerk } = await startBackend();
  const user = await backend.users.createUser({
    emailAddress: ["ada@example.com"],
    password: PASSWORD,
  });
  const session = await backend.sessions.createSession({ userId: user.id });
  const { jwt } = await backend.sessions.getToken(session.id);
  const claims = await verifyToken(jwt, { secretKey: clerk.secretKey, apiUrl: clerk.url });
  expect(claims).toMatchObject({ sub: user.id, sid: session.id, azp: APP_URL });
  const convex = await backend.sessions.getToken(session.id, "convex", 3600);
  const parts = JSON.parse(Buffer.from(convex.jwt.split(".")[1] ?? "", "base64url").toString());
  expect(parts).toMatchObject({ aud: "convex", email: "ada@example.com" });
  expect(parts.exp - parts.iat).toBe(3600);

  const listed = await backend.sessions.getSessionList({ userId: user.id });
  expect(listed.data.map(({ id, status }) => [id, status])).toEqual([[session.id, "active"]]);
  expect((await backend.sessions.revokeSession(session.id)).status).toBe("revoked");
  expect(await codeOf(backend.sessions.getToken(session.id))).toBe("session_not_active");
});

test("session tokens verify by the public key alone; others do not", async () => {
  const { backend, clerk } = await startBackend();
  const user = await backend.users.createUser({
    emailAddress: ["ada@example.com"],
    password: PASSWORD,
  });
  const session = await backend.sessions.createSession({ userId: user.id });
  const { jwt } = await backend.sessions.getToken(session.id);
  expect((await verifyToken(jwt, { jwtKey: clerk.jwtPublicKeyPem })).sub).toBe(user.id);

  const { clerk: other } = await startTestClerk();
  await expect(verifyToken(jwt, { jwtKey: other.jwtPublicKeyPem })).rejects.toThrow(/signature/i);
});

test("the SDK accepts a signed-in browser, sends a stale one to the handshake and accepts it after", async () => {
  const { backend, clerk, clock } = await startBackend();
  const browser = new TestBrowser(clerk);
  const { response } = await signUp(browser, EMAIL);
  const visit = () =>
    backend.authenticateRequest(
      new Request(`${APP_URL}/dashboard`, {
        headers: {
          accept: "text/html",
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        },
      }),
      { proxyUrl: "/__clerk", jwtKey: clerk.jwtPublicKeyPem, authorizedParties: [APP_URL] },
    );
  // The first visit after the sign-up carries no session token yet.
  const first = await visit();
  expect([first.status, first.reason]).toEqual(["handshake", "client-uat-but-no-session-token"]);
  const through = first.headers.get("location") ?? "";
  expect(through).toMatch(`${APP_URL}/__clerk/v1/client/handshake?redirect_url=`);
  await browser.get(through.slice(`${APP_URL}/__clerk/v1`.length));
  const second = await visit();
  expect(second.status).toBe("signed-in");
  expect(second.toAuth()?.userId).toBe(response.created_user_id);

  // A token from two minutes ago is no longer good; a handshake brings a new one.
  clock.ahead = -120_000;
  await browser.get(`/client/handshake?redirect_url=${encodeURIComponent(APP_URL)}`);
  clock.ahead = 0;
  const stale = await visit();
  expect(stale.status).toBe("handshake");
  await browser.get(`/client/handshake?redirect_url=${encodeURIComponent(APP_URL)}`);
  expect((await visit()).status).toBe("signed-in");

  await browser.delete("/client/sessions");
  const last = await visit();
  expect(last.toAuth()?.userId ?? null).toBeNull();
});

test("an invitation leads by its ticket to an account with its metadata, once", async () => {
  const { backend, clerk, hook } = await startBackend();
  const invited = await backend.invitations.createInvitation({
    emailAddress: "Bo@Example.com",
    redirectUrl: `${APP_URL}/signup?from=invitation`,
    publicMetadata: { invitationId: "inv-17" },
  });
  expect(invited.status).toBe("pending");
  const link = new URL((await mailsTo(clerk, "bo@example.com"))[0]?.link ?? "");
  expect(link.href).toBe(invited.url);
  expect([
    link.pathname,
    link.searchParams.get("from"),
    link.searchParams.get("__clerk_status"),
  ]).toEqual(["/signup", "invitation", "sign_up"]);
  const ticket = link.searchParams.get("__clerk_ticket") ?? "";

  const browser = new TestBrowser(clerk);
  const started = await browser.post("/client/sign_ups", { strategy: "ticket", ticket });
  expect(started.response).toMatchObject({
    email_address: "bo@example.com",
    missing_fields: ["password"],
    unverified_fields: [],
  });
  const done = await browser.patch(`/client/sign_ups/${started.response.id}`, {
    password: PASSWORD,
  });
  expect(done.response.status).toBe("complete");
  await expect.poll(() => hook.ofType("user.created")).toHaveLength(1);
  expect(hook.ofType("user.created")[0]?.data.public_metadata).toEqual({ invitationId: "inv-17" });
  const { data } = await backend.invitations.getInvitationList();
  expect(data.map(({ status }) => status)).toEqual(["accepted"]);
  const again = await new TestBrowser(clerk).post("/client/sign_ups", {
    strategy: "ticket",
    ticket,
  });
  expect(again.error?.code).toBe("invitation_already_accepted");
});

test("with a ticket, a password in the same request completes the sign-up, whatever address is typed", async () => {
  const { backend, clerk } = await startBackend();
  const invited = await backend.invitations.createInvitation({
    emailAddress: "bo@example.com",
    notify: false,
  });
  expect(await mailsTo(clerk, "bo@example.com")).toEqual([]);
  const done = await new TestBrowser(clerk).post("/client/sign_ups", {
    strategy: "ticket",
    ticket: new URL(invited.url ?? "").searchParams.get("__clerk_ticket"),
    password: PASSWORD,
    email_address: "eve@example.com",
  });
  expect(done.response).toMatchObject({ status: "complete", email_address: "bo@example.com" });
});

test("a ticket proves its own address and no other", async () => {
  const { backend, clerk } = await startBackend();
  const { url } = await backend.invitations.createInvitation({ emailAddress: "bo@example.com" });
  const browser = new TestBrowser(clerk);
  const { response } = await browser.post("/client/sign_ups", {
    strategy: "ticket",
    ticket: new URL(url ?? "").searchParams.get("__clerk_ticket"),
  });
  const changed = await browser.patch(`/client/sign_ups/${response.id}`, {
    email_address: "boss@example.com",
    password: PASSWORD,
  });
  expect(changed.response).toMatchObject({
    status: "missing_requirements",
    unverified_fields: ["email_address"],
  });
  expect((await backend.invitations.getInvitationList()).data[0]?.status).toBe("pending");
});

test("withdrawn, expired and forged tickets are refused", async () => {
  const { backend, clerk, clock } = await startBackend();
  const withTicket = async (ticket: string) =>
    (await new TestBrowser(clerk).post("/client/sign_ups", { strategy: "ticket", ticket })).error
      ?.code;
  const ticketFor = async (emailAddress: string, expiresInDays?: number) => {
    const { url, id } = await backend.invitations.createInvitation({ emailAddress, expiresInDays });
    return { id, ticket: new URL(url ?? "").searchParams.get("__clerk_ticket") ?? "" };
  };
  const withdrawn = await ticketFor("a@example.com");
  await backend.invitations.revokeInvitation(withdrawn.id);
  expect(await withTicket(withdrawn.ticket)).toBe("revoked_invitation");
  expect(await codeOf(backend.invitations.revokeInvitation(withdrawn.id))).toBe(
    "invitation_not_pending",
  );

  const forged = await startTestClerk();
  const foreign = await backendOf(forged.clerk).invitations.createInvitation({
    emailAddress: "b@example.com",
  });
  expect(
    await withTicket(new URL(foreign.url ?? "").searchParams.get("__clerk_ticket") ?? ""),
  ).toBe("ticket_invalid_code");
  expect(await withTicket("nonsense")).toBe("ticket_invalid_code");

  const short = await ticketFor("c@example.com", 1);
  clock.pass(24 * 60 * 60_000 + 1000);
  expect(await withTicket(short.ticket)).toBe("ticket_expired_code");
});

test("nobody is invited twice, or with an account, unless told to", async () => {
  const { backend, clerk } = await startBackend();
  await signUp(new TestBrowser(clerk), EMAIL);
  await backend.invitations.createInvitation({ emailAddress: "bo@example.com" });
  expect(
    await codeOf(backend.invitations.createInvitation({ emailAddress: "BO@example.com" })),
  ).toBe("duplicate_record");
  expect(await codeOf(backend.invitations.createInvitation({ emailAddress: EMAIL }))).toBe(
    "form_identifier_exists",
  );
  const again = backend.invitations.createInvitation({
    emailAddress: "bo@example.com",
    ignoreExisting: true,
  });
  expect(await codeOf(again)).toBe("no error");
});

test("a banned user loses every session", async () => {
  const { backend, clerk } = await startBackend();
  const browser = new TestBrowser(clerk);
  const { response } = await signUp(browser, EMAIL);
  expect((await backend.users.banUser(response.created_user_id)).banned).toBe(true);
  expect((await browser.get("/client")).response.sessions).toEqual([]);
  expect((await backend.users.unbanUser(response.created_user_id)).banned).toBe(false);
});

test("another secret key opens nothing", async () => {
  const { clerk } = await startBackend();
  const stranger = backendOf(clerk, "sk_live_guess");
  expect(await codeOf(stranger.users.getCount())).toBe("clerk_key_invalid");
  expect(await codeOf(stranger.sessions.createSession({ userId: "user_x" }))).toBe(
    "clerk_key_invalid",
  );
});

test("the SDK accepts the webhooks' signatures and refuses a changed body", async () => {
  const { backend, clerk, hook } = await startBackend();
  const user = await backend.users.createUser({
    emailAddress: ["ada@example.com"],
    password: PASSWORD,
  });
  await expect.poll(() => hook.heard).toHaveLength(1);
  const { headers, body } = hook.heard[0] ?? { headers: {}, body: "" };
  const request = (text: string) => new Request(APP_URL, { method: "POST", headers, body: text });
  const event = await verifyWebhook(request(body), { signingSecret: clerk.webhookSecret });
  expect(event).toMatchObject({ type: "user.created", data: { id: user.id } });
  await expect(
    verifyWebhook(request(body.replace("ada@", "eve@")), { signingSecret: clerk.webhookSecret }),
  ).rejects.toThrow();
});
