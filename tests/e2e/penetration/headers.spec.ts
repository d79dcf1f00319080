import { api } from "../../../convex/_generated/api.js";
import { expect, test } from "../support/test.ts";
import { cookieHeader, evilSite, rawRequest, signInQuietly } from "./attacks.ts";
import { HANDLERS, PAGES, PUBLIC_PAGES } from "./routes.ts";

/** On every answer, of whatever kind. */
const EVERYWHERE: Record<string, RegExp> = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^strict-origin-when-cross-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\), microphone=\(\), geolocation=\(\)/,
};

/** Public forms, and nothing else, may stand in a frame on another site: they hold no session. */
const FRAMED = /^[A-Z]+ \/f\/[^/]+$/;

function expectHeaders(headers: Record<string, unknown>, what: string): void {
  for (const [name, wanted] of Object.entries(EVERYWHERE)) {
    if (name === "x-frame-options" && FRAMED.test(what)) {
      expect(headers[name], what).toBeUndefined();
      continue;
    }
    expect(String(headers[name]), `${what}: ${name}`).toMatch(wanted);
  }
  expect(headers["x-powered-by"], what).toBeUndefined();
  expect(headers["access-control-allow-origin"], what).toBeUndefined();
}

/** Nothing may run that the page's own nonce does not name, and nobody may frame it. */
function expectStrictPolicy(policy: string, what: string): void {
  expect(policy, what).toMatch(/script-src 'nonce-[0-9a-f]{32}' 'strict-dynamic'(;|$)/);
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    expect(policy, what).toContain(part);
  }
  expect(policy, what).not.toMatch(/script-src[^;]*unsafe|\*/);
}

test("every kind of answer carries the security headers: page, redirect, API, file, error, Clerk", async ({
  page,
  stack,
}) => {
  await page.goto("/");
  const script = await page.locator("script[src*='/_next/static/']").first().getAttribute("src");
  const paths = [
    ...PAGES,
    ...HANDLERS,
    script ?? "",
    "/favicon.svg",
    "/_next/static/nothing.js",
    "/_next/image?url=%2Ffavicon.svg&w=64&q=75",
    "/nothing",
    "/nothing.txt",
    "/api/nothing",
    "/__clerk/v1/environment",
    "/__clerk/v1/nothing",
    "/%5c%5cevil.example",
  ];
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) {
      const { status, headers } = await rawRequest(stack.appUrl, path, { method });
      if (method === "GET") expect(status, path).toBeLessThan(500);
      expectHeaders(headers, `${method} ${path}`);
    }
  }
});

test("every page has a strict policy, with a nonce of its own for every answer", async ({
  page,
  stack,
  newCompany,
}) => {
  await signInQuietly(page.context(), await newCompany());
  const signedIn = { cookie: await cookieHeader(page.context()) };
  const nonces = new Set<string>();
  let answers = 0;
  for (const path of [...PAGES, "/nothing", "/api/nothing"]) {
    for (const headers of PUBLIC_PAGES.includes(path) ? [{}] : [signedIn]) {
      const answer = await rawRequest(stack.appUrl, path, { headers });
      expect([200, 404], path).toContain(answer.status);
      const policy = String(answer.headers["content-security-policy"]);
      expectStrictPolicy(policy, path);
      nonces.add(/nonce-([0-9a-f]+)/.exec(policy)?.[1] ?? "");
      answers += 1;
    }
  }
  expect(nonces.size).toBe(answers);
});

test("over https, pages ask for https from then on", async ({ stack }) => {
  const headers = { "x-forwarded-proto": "https" };
  for (const path of PUBLIC_PAGES) {
    const answer = await rawRequest(stack.appUrl, path, { headers });
    expect(answer.headers["strict-transport-security"], path).toBe("max-age=31536000");
    expect(answer.headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  }
});

test("pages and answers of a signed-in person are kept by no cache", async ({
  page,
  stack,
  newCompany,
}) => {
  await signInQuietly(page.context(), await newCompany());
  const headers = { cookie: await cookieHeader(page.context()) };
  for (const path of [...PAGES, "/__clerk/v1/client", "/__clerk/v1/me", "/api/health"]) {
    const answer = await rawRequest(stack.appUrl, path, { headers });
    expect(String(answer.headers["cache-control"]), path).toMatch(/no-store/);
  }
});

test("cookies: the one that signs in is out of reach of scripts, and none goes to other sites", async ({
  page,
  newCompany,
}) => {
  await signInQuietly(page.context(), await newCompany());
  const cookies = await page.context().cookies();
  const secret = cookies.filter(({ name }) => /^__client(_(?!uat)|$)/.test(name));
  expect(secret.length).toBeGreaterThan(0);
  for (const { httpOnly } of secret) expect(httpOnly).toBe(true);
  for (const { name, sameSite, domain } of cookies) {
    expect([name, sameSite, domain]).toEqual([
      name,
      expect.stringMatching(/Lax|Strict/),
      "localhost",
    ]);
  }
  // What scripts can read ends by itself within a minute, on any server.
  const session = cookies.find(({ name }) => name === "__session")?.value ?? "";
  const claims = JSON.parse(Buffer.from(session.split(".")[1] ?? "", "base64url").toString()) as {
    exp: number;
    iat: number;
  };
  expect(claims.exp - claims.iat).toBeLessThanOrEqual(60);
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
});

test("no page can be framed by another site", async ({ page, browser, stack, newCompany }) => {
  const company = await newCompany();
  await signInQuietly(page.context(), company);
  const client = await company.convex();
  const project = { name: "Roof", customerName: "Joan Miller" };
  const projectId = await client.mutation(api.projects.create, project);
  const state = await page.context().storageState();
  const frames = ["/dashboard", `/projects/${projectId}`, "/sign-in", "/account", "/api/health"];
  const html = frames.map((path) => `<iframe src="${stack.appUrl}${path}"></iframe>`).join("");
  const evil = await evilSite(html);
  // Of the same site, so that cookies are sent: only the headers stand between.
  const context = await browser.newContext({ storageState: state });
  const attacker = await context.newPage();
  await attacker.goto(`http://localhost:${evil.port}/`, { waitUntil: "load" });
  expect(attacker.frames().length).toBe(frames.length + 1);
  for (const frame of attacker.frames().slice(1)) {
    await expect.poll(() => frame.url()).toBe("chrome-error://chromewebdata/");
  }
  await context.close();
  evil.close();
});
