import { expect, test } from "vitest";
import { PASSWORD, signUp, startTestClerk, startWebhookReceiver, TestBrowser } from "./harness.ts";

const EMAIL = "ada+clerk_test@example.com";

/** Ada, signed in with two browsers. */
async function withTwoBrowsers() {
  const hook = await startWebhookReceiver();
  const started = await startTestClerk({ webhookUrl: hook.url });
  const first = new TestBrowser(started.clerk, {
    "user-agent":
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36",
  });
  const { response } = await signUp(first, EMAIL, { unsafe_metadata: { plan: "pro" } });
  const second = new TestBrowser(started.clerk, {
    "user-agent":
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1",
  });
  const signedIn = await second.post("/client/sign_ins", { identifier: EMAIL, password: PASSWORD });
  return {
    ...started,
    hook,
    first,
    second,
    secondSessionId: signedIn.response.created_session_id as string,
    userId: response.created_user_id as string,
  };
}

const signIn = async (browser: TestBrowser, password: string) =>
  (await browser.post("/client/sign_ins", { identifier: EMAIL, password })).error?.code;

test("a name is changed, shown to every browser and told to the app", async () => {
  const { first, second, hook, userId } = await withTwoBrowsers();
  const changed = await first.patch("/me", { first_name: "Ada", last_name: "Lovelace" });
  expect(changed.response).toMatchObject({ first_name: "Ada", last_name: "Lovelace" });
  expect((await second.get("/me")).response.last_name).toBe("Lovelace");
  await expect.poll(() => hook.ofType("user.updated")).toHaveLength(1);
  expect(hook.ofType("user.updated")[0]?.data).toMatchObject({ id: userId, first_name: "Ada" });
});

test("a user cannot give themselves public metadata or another address", async () => {
  const { first } = await withTwoBrowsers();
  const changed = await first.patch("/me", {
    public_metadata: { role: "staff" },
    email_address: "eve@example.com",
  });
  expect(changed.response.public_metadata).toEqual({});
  expect(changed.response.email_addresses[0].email_address).toBe(EMAIL);
});

test("unsafe metadata is merged deeply and null removes", async () => {
  const { first } = await withTwoBrowsers();
  await first.patch("/me/metadata", { unsafe_metadata: { tour: { seen: true, step: 2 } } });
  const merged = await first.patch("/me/metadata", {
    unsafe_metadata: { tour: { step: null }, theme: "dark" },
  });
  expect(merged.response.unsafe_metadata).toEqual({
    plan: "pro",
    tour: { seen: true },
    theme: "dark",
  });
});

test("a new password needs the current one and can sign out the other browsers", async () => {
  const { clerk, first, second } = await withTwoBrowsers();
  const wrong = await first.post("/me/change_password", {
    current_password: "not the password",
    new_password: "a brand new one",
  });
  expect([wrong.error?.code, wrong.error?.meta.param_name]).toEqual([
    "form_password_incorrect",
    "current_password",
  ]);
  const same = await first.post("/me/change_password", {
    current_password: PASSWORD,
    new_password: PASSWORD,
  });
  expect(same.error?.code).toBe("form_new_password_matches_current");
  const changed = await first.post("/me/change_password", {
    current_password: PASSWORD,
    new_password: "a brand new one",
    sign_out_of_other_sessions: true,
  });
  expect(changed.status).toBe(200);
  expect((await first.get("/me")).status).toBe(200);
  expect((await second.get("/me")).status).toBe(401);
  expect(await signIn(new TestBrowser(clerk), PASSWORD)).toBe("form_password_incorrect");
  expect(await signIn(new TestBrowser(clerk), "a brand new one")).toBeUndefined();
});

test("one's devices are listed, and another one can be signed out", async () => {
  const { first, second, secondSessionId, hook } = await withTwoBrowsers();
  const { body } = await first.get("/me/sessions/active");
  expect(body.map((session: { latest_activity: object }) => session.latest_activity)).toMatchObject(
    [
      {
        browser_name: "Chrome",
        browser_version: "130.0.0.0",
        device_type: "Linux",
        is_mobile: false,
      },
      { browser_name: "Safari", browser_version: "18.0", device_type: "iPhone", is_mobile: true },
    ],
  );
  const revoked = await first.post(`/me/sessions/${secondSessionId}/revoke`);
  expect(revoked.response.status).toBe("revoked");
  expect((await second.get("/client")).response.sessions).toEqual([]);
  await expect
    .poll(() => hook.ofType("session.revoked").map(({ data }) => data.id))
    .toEqual([secondSessionId]);
});

test("nobody can sign out or use another user's session", async () => {
  const { clerk, secondSessionId, second } = await withTwoBrowsers();
  const eve = new TestBrowser(clerk);
  await signUp(eve, "eve+clerk_test@example.com");
  expect((await eve.post(`/me/sessions/${secondSessionId}/revoke`)).status).toBe(404);
  expect((await eve.post(`/client/sessions/${secondSessionId}/remove`)).status).toBe(401);
  expect((await eve.post(`/client/sessions/${secondSessionId}/tokens`)).status).toBe(401);
  expect((await second.get("/me")).status).toBe(200);
});

test("a deleted account is signed out everywhere, gone, and told to the app", async () => {
  const { clerk, first, second, userId, hook } = await withTwoBrowsers();
  const deleted = await first.delete("/me");
  expect(deleted.response).toEqual({ id: userId, object: "user", deleted: true });
  expect(deleted.client.sessions).toEqual([]);
  expect(first.cookies.get("__client_uat")).toBe("0");
  expect((await second.get("/me")).status).toBe(401);
  expect(await signIn(new TestBrowser(clerk), PASSWORD)).toBe("form_identifier_not_found");
  await expect
    .poll(() => hook.ofType("user.deleted").map(({ data }) => data))
    .toEqual([{ id: userId, object: "user", deleted: true }]);
  const again = await signUp(new TestBrowser(clerk), EMAIL);
  expect(again.response.created_user_id).not.toBe(userId);
});
