import { createClerkClient } from "@clerk/backend";
import { frontendRoutes } from "../../../local/clerk/fapi/routes.ts";
import { expectDashboard } from "../support/actions.ts";
import { expect, test } from "../support/test.ts";
import {
  cookieHeader,
  evilSite,
  FROM_ANOTHER_SITE,
  rawRequest,
  signInQuietly,
  worldOf,
} from "./attacks.ts";
import { HANDLERS, PAGES } from "./routes.ts";

test("another site's requests to every page and route handler change nothing, even with the cookies", async ({
  page,
  stack,
  newCompany,
}) => {
  const company = await newCompany("Cross Site Solar");
  await signInQuietly(page.context(), company);
  const before = await worldOf(company);
  const cookie = await cookieHeader(page.context());
  const event = JSON.stringify({ type: "user.deleted", data: { id: company.userId } });
  const part = '--x\r\ncontent-disposition: form-data; name="1"\r\n\r\n{}\r\n--x--';
  const attacks = [
    { type: "application/x-www-form-urlencoded", body: "name=Evil&_method=DELETE" },
    { type: "text/plain", body: event },
    { type: "application/json", body: event },
    { type: "multipart/form-data; boundary=x", body: part },
    // By a server action's name: there is none, and Next must not look for one either.
    { type: "text/plain", body: "[]", headers: { "next-action": "40".repeat(21) } },
    {
      type: "multipart/form-data; boundary=x",
      body: part,
      headers: { "next-action": "00".repeat(21) },
    },
    ...["PUT", "PATCH", "DELETE"].map((method) => ({
      method,
      type: "application/json",
      body: event,
    })),
  ];
  for (const path of [...PAGES, ...HANDLERS, "/api/nothing"]) {
    for (const { type, body, ...attack } of attacks) {
      const method = "method" in attack ? attack.method : "POST";
      const own = "headers" in attack ? attack.headers : {};
      const length = String(Buffer.byteLength(body));
      const headers = { ...FROM_ANOTHER_SITE, cookie, ...own };
      const answer = await rawRequest(stack.appUrl, path, {
        method,
        headers: { ...headers, "content-type": type, "content-length": length },
        body,
      });
      const what = `${method} ${path} ${type}`;
      expect(answer.headers["access-control-allow-origin"], what).toBeUndefined();
      expect(answer.headers["set-cookie"] ?? [], what).toEqual([]);
      expect(answer.body, what).not.toMatch(/node_modules|\n\s+at /);
      if (HANDLERS.includes(path)) expect(answer.status, what).toBeGreaterThanOrEqual(400);
    }
  }
  expect(await worldOf(company)).toBe(before);
  await page.goto("/dashboard");
  await expectDashboard(page, "Cross Site Solar");
});

test("another site's requests to Clerk's API through the app are refused, all of them", async ({
  page,
  stack,
  newCompany,
}) => {
  const company = await newCompany("Origin Solar");
  await signInQuietly(page.context(), company);
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  const sessions = async () =>
    (await clerk.sessions.getSessionList({ userId: company.userId, status: "active" })).data.map(
      ({ id }) => id,
    );
  const before = { user: await clerk.users.getUser(company.userId), sessions: await sessions() };
  const cookie = await cookieHeader(page.context());
  const [sessionId = ""] = before.sessions;
  const origins = [
    "https://evil.example",
    "http://localhost:1",
    "http://localhost.evil.example",
    "null",
  ];
  for (const { method, path } of frontendRoutes) {
    const address = path.replace(":id", sessionId).replace(":template", "convex");
    for (const origin of origins) {
      const headers = {
        ...FROM_ANOTHER_SITE,
        origin,
        cookie,
        "content-type": "application/x-www-form-urlencoded",
      };
      const answer = await rawRequest(stack.appUrl, `/__clerk${address}?_method=${method}`, {
        method: method === "GET" ? "GET" : "POST",
        headers,
        ...(method === "GET" ? {} : { body: "first_name=Mallory&password=taken-over-1" }),
      });
      expect(answer.status, `${origin} ${method} ${path}`).toBe(400);
      expect(answer.body).toContain("origin_invalid");
      expect(answer.headers["set-cookie"] ?? []).toEqual([]);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
  }
  const after = { user: await clerk.users.getUser(company.userId), sessions: await sessions() };
  expect(after).toEqual(before);
});

test("a page of another port of this machine, whose forms do carry the cookies, signs nobody out", async ({
  page,
  stack,
  newCompany,
}) => {
  const company = await newCompany("Form Solar");
  await signInQuietly(page.context(), company);
  const targets = [
    "/__clerk/v1/client/sessions?_method=DELETE",
    "/__clerk/v1/client?_method=DELETE",
    "/__clerk/v1/me?_method=DELETE",
  ];
  for (const target of targets) {
    const evil = await evilSite(
      `<form method="post" action="${stack.appUrl}${target}"><button>You have won</button></form>`,
    );
    await page.goto(`http://localhost:${evil.port}/`);
    const answered = page.waitForResponse((response) => response.url().includes("/__clerk/v1/"));
    await page.getByRole("button").click();
    expect((await answered).status(), target).toBe(400);
    evil.close();
  }
  await page.goto("/dashboard");
  await expectDashboard(page, "Form Solar");
});
