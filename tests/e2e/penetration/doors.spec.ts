import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { Webhook } from "svix";
import { addressesFor } from "../../../local/launcher/addresses.ts";
import { expect, test } from "../support/test.ts";
import { cookieHeader, rawRequest, signInQuietly, worldOf } from "./attacks.ts";
import { PAGES, PUBLIC_PAGES } from "./routes.ts";

test("nothing of the stack listens on any address but 127.0.0.1", async ({ stack }) => {
  const { appPort, convexPort, convexSitePort, clerkPort, mailPort, stripePort } = addressesFor(
    Number(new URL(stack.appUrl).port),
  );
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => address !== "127.0.0.1" && !address.startsWith("fe80"));
  for (const port of [appPort, convexPort, convexSitePort, clerkPort, mailPort, stripePort]) {
    for (const host of [...others, "127.0.0.2"]) {
      expect(await accepts(host, port), `${host}:${port}`).toBe(false);
    }
    expect(await accepts("127.0.0.1", port)).toBe(true);
  }
});

test("the mailbox and Clerk's back-end API cannot be reached through the app, under whatever name", async ({
  stack,
}) => {
  for (const host of [new URL(stack.appUrl).host, "evil.example", "127.0.0.1:1"]) {
    for (const path of [
      "/mailbox",
      "/mailbox.json",
      "/v1/../mailbox.json",
      "/%6dailbox.json",
      "/emails",
      "/__control",
    ]) {
      const answer = await rawRequest(stack.appUrl, `/__clerk${path}`, { headers: { host } });
      expect(answer.status, `${host} ${path}`).toBe(404);
    }
    for (const path of ["/v1/users", "/v1/sessions?user_id=x", "/v1/invitations"]) {
      for (const authorization of ["", "Bearer sk_live_guess"]) {
        const headers = { host, authorization };
        const answer = await rawRequest(stack.appUrl, `/__clerk${path}`, { headers });
        expect(answer.status, `${host} ${path}`).toBe(401);
      }
    }
  }
});

test("no header opens a page to someone who is not signed in", async ({ stack }) => {
  const tricks: Record<string, string>[] = [
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "x-middleware-next": "1" },
    { "x-middleware-rewrite": "/" },
    { "x-clerk-auth-status": "signed-in", "x-clerk-auth-token": "x.y.z" },
    { "x-original-url": "/", "x-rewrite-url": "/" },
    { "x-forwarded-for": "127.0.0.1" },
    { cookie: "__session=x.y.z; __client_uat=9999999999" },
    { authorization: "Bearer x.y.z" },
    { rsc: "1", "next-router-prefetch": "1" },
  ];
  for (const path of PAGES.filter((page) => !PUBLIC_PAGES.includes(page))) {
    for (const headers of tricks) {
      const answer = await rawRequest(stack.appUrl, path, { headers });
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(307);
      const { pathname } = new URL(String(answer.headers.location), stack.appUrl);
      expect(["/sign-in", "/__clerk/v1/client/handshake"], path).toContain(pathname);
    }
  }
});

test("another spelling of a page's address opens it to nobody", async ({ stack }) => {
  for (const path of [
    "/DASHBOARD",
    "/dashboard/",
    "/./dashboard",
    "/x/../dashboard",
    "//dashboard",
    "/dashboard.",
    "/dashboard.json",
    "/dashboard%2ejson",
    "/dashboard;.js",
    "/dashboard%00.js",
    "/dashboard.rsc",
    "/dashboard.txt",
    "/api/../dashboard",
    "/api/webhooks/../../dashboard",
    "/_next/data/x/dashboard.json",
    "/_next/static/../../dashboard",
  ]) {
    const { status, body } = await rawRequest(stack.appUrl, path);
    expect([307, 308, 400, 404], path).toContain(status);
    expect(body, path).not.toContain("Good ");
  }
});

test("a page of a foreign name that points to this machine has no session there", async ({
  page,
  stack,
  newCompany,
}) => {
  const company = await newCompany("Rebinding Solar");
  await signInQuietly(page.context(), company);
  const cookies = await page.context().cookies();
  for (const { domain } of cookies) expect(domain).toBe("localhost");
  // The browser keeps cookies by name, so a foreign name comes without them.
  const answer = await rawRequest(stack.appUrl, "/dashboard", {
    headers: { host: "evil.example" },
  });
  expect(answer.status).toBe(307);
  expect(answer.body).not.toContain("Rebinding Solar");
});

test("forged webhooks stop at the app, and nothing changes", async ({
  page,
  stack,
  newCompany,
}) => {
  const company = await newCompany("Forged Solar");
  await signInQuietly(page.context(), company);
  const before = await worldOf(company);
  const body = JSON.stringify({ type: "user.deleted", data: { id: company.userId } });
  const now = new Date();
  const json = { "content-type": "application/json" };
  const secret = `whsec_${Buffer.from("another secret of some length").toString("base64")}`;
  const signed = {
    "svix-id": "msg_1",
    "svix-timestamp": String(Math.floor(now.getTime() / 1000)),
    "svix-signature": new Webhook(secret).sign("msg_1", now, body),
  };
  const cookie = await cookieHeader(page.context());
  const attacks: [
    string,
    { method?: string; headers: Record<string, string>; body?: string },
    number,
  ][] = [
    ["another secret", { headers: { ...json, ...signed }, body }, 401],
    ["no signature", { headers: json, body }, 400],
    ["an empty signature", { headers: { ...json, ...signed, "svix-signature": "" }, body }, 400],
    ["no version", { headers: { ...json, ...signed, "svix-signature": "AAAA" }, body }, 401],
    ["an old event", { headers: { ...json, ...signed, "svix-timestamp": "1" }, body }, 401],
    ["the person's own cookies", { headers: { ...json, cookie }, body }, 400],
    ["text", { headers: { ...signed, "content-type": "text/plain" }, body }, 415],
    ["a form", { headers: { ...signed, "content-type": "multipart/form-data" }, body }, 415],
    ["too much", { headers: { ...json, ...signed }, body: "x".repeat(300 * 1024) }, 413],
    ["GET", { method: "GET", headers: { ...json, ...signed } }, 405],
    ["PUT", { method: "PUT", headers: { ...json, ...signed }, body }, 405],
    ["PATCH", { method: "PATCH", headers: { ...json, ...signed }, body }, 405],
    ["DELETE", { method: "DELETE", headers: { ...json, ...signed } }, 405],
  ];
  for (const [what, options, status] of attacks) {
    const answer = await rawRequest(stack.appUrl, "/api/webhooks/clerk", {
      method: "POST",
      ...options,
    });
    expect(answer.status, what).toBe(status);
  }
  expect(await worldOf(company)).toBe(before);
});

test("the app fetches no picture of another server's, its own machine's included", async ({
  stack,
}) => {
  for (const url of [
    `${stack.mailboxUrl}.json`,
    "http://169.254.169.254/latest/meta-data/",
    "//evil.example/x.png",
    "file:///etc/passwd",
    "/__clerk/mailbox.json",
    "/api/health",
  ]) {
    const path = `/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`;
    const { status, body } = await rawRequest(stack.appUrl, path);
    expect(status, url).toBeGreaterThanOrEqual(400);
    expect(body, url).not.toMatch(/"ok":true|root:/);
  }
});

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const answer = (yes: boolean) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", answer(true));
    socket.once("error", answer(false)).once("timeout", answer(false));
  });
}
