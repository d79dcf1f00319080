import { expectDashboard, fillSignIn } from "../support/actions.ts";
import { expect, test } from "../support/test.ts";
import { cookieHeader, rawRequest, signInQuietly } from "./attacks.ts";

const ELSEWHERE = [
  "//evil.example",
  "//evil.example/%2f..",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https://evil.example",
  "HTTPS://EVIL.EXAMPLE",
  "http://localhost@evil.example",
  "http://localhost.evil.example",
  "//localhost@evil.example",
  "%2f%2fevil.example",
  "/%09/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "blob:https://evil.example/x",
  "//[::1]/",
  "/__clerk/v1/client/handshake?redirect_url=https://evil.example",
];
const NAMES = [
  "redirect_url",
  "redirect",
  "next",
  "returnTo",
  "after_sign_in_url",
  "sign_in_force_redirect_url",
];

/** Where a browser ends up that follows this answer. */
function destination(from: string, location: string | undefined): string {
  return location === undefined ? from : new URL(location, from).href;
}

test("whoever is signed in already is sent nowhere but to Sunup, whatever the address asks for", async ({
  page,
  stack,
  newCompany,
}) => {
  await signInQuietly(page.context(), await newCompany());
  const headers = { cookie: await cookieHeader(page.context()) };
  const worst = ["//evil.example", "https://evil.example", "javascript:alert(1)"];
  const attacks = [
    ...ELSEWHERE.map((wanted) => ["/sign-in", "redirect_url", wanted]),
    ...NAMES.flatMap((name) => worst.map((wanted) => ["/sign-in", name, wanted])),
    ...NAMES.flatMap((name) => worst.map((wanted) => ["/signup", name, wanted])),
  ];
  for (const [path, name, wanted] of attacks) {
    const target = `${path}?${name}=${encodeURIComponent(wanted ?? "")}`;
    const answer = await rawRequest(stack.appUrl, target, { headers });
    expect(answer.status, target).toBe(307);
    const end = new URL(destination(stack.appUrl + target, answer.headers.location));
    expect(end.origin, target).toBe(stack.appUrl);
    expect(end.pathname, target).not.toMatch(/^\/[/\\]|^\/__clerk/);
  }
});

test("whoever signs in at a prepared address lands on the dashboard", async ({
  page,
  newBrowser,
  newCompany,
}) => {
  const company = await newCompany("Prepared Solar");
  for (const wanted of ["/\t/evil.example", "javascript:alert(1)"]) {
    const browser = wanted.startsWith("/") ? page : await newBrowser();
    await browser.goto(`/sign-in?redirect_url=${encodeURIComponent(wanted)}`);
    await fillSignIn(browser, company.email, company.password);
    await expectDashboard(browser, "Prepared Solar");
  }
});

test("a path that looks like another host stays a path", async ({ stack }) => {
  for (const path of [
    "//evil.example/",
    "//evil.example/%2f..",
    "/\\evil.example/",
    "/%5cevil.example",
    "/%2f%2fevil.example/",
    "///evil.example/x/",
    "/dashboard//evil.example/",
    "/.//evil.example",
  ]) {
    const answer = await rawRequest(stack.appUrl, path);
    const end = new URL(destination(stack.appUrl, answer.headers.location));
    expect(end.origin, path).toBe(stack.appUrl);
    expect(String(answer.headers.refresh ?? ""), path).not.toMatch(/url=(\/[/\\]|https?:)/);
  }
});

test("headers that claim another host do not change where a visitor is sent", async ({ stack }) => {
  for (const headers of [
    { host: "evil.example" },
    { "x-forwarded-host": "evil.example" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    { forwarded: "host=evil.example;proto=https" },
    { "x-original-url": "https://evil.example/", "x-rewrite-url": "/evil" },
  ] as Record<string, string>[]) {
    const { status, headers: sent } = await rawRequest(stack.appUrl, "/dashboard", { headers });
    expect(status).toBe(307);
    expect(sent.location).toBe("/sign-in?redirect_url=%2Fdashboard");
  }
});

test("Clerk's hand-shake sends back to Sunup and to nobody else", async ({ stack }) => {
  for (const wanted of [...ELSEWHERE, "http://localhost:1/", "http://127.0.0.1:1/"]) {
    const path = `/__clerk/v1/client/handshake?redirect_url=${encodeURIComponent(wanted)}`;
    const answer = await rawRequest(stack.appUrl, path);
    expect(answer.status, wanted).toBe(400);
    expect(answer.headers.location, wanted).toBeUndefined();
  }
});
