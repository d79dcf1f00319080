import { describe, expect, test } from "vitest";
import {
  contentSecurityPolicy,
  leadFormPolicy,
  type PolicyOptions,
} from "../../../lib/contentSecurityPolicy.ts";

const production: PolicyOptions = {
  nonce: "abc",
  convexUrl: "https://happy-sun-1.convex.cloud",
  https: true,
  development: false,
};

function policy(change: Partial<PolicyOptions> = {}): Map<string, string> {
  const text = contentSecurityPolicy({ ...production, ...change });
  return new Map(
    text.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );
}

describe("the content-security-policy", () => {
  test("runs scripts by nonce only", () => {
    expect(policy().get("script-src")).toBe("'nonce-abc' 'strict-dynamic'");
  });

  test("allows no inline style elements without the nonce", () => {
    expect(policy().get("style-src")).toBe("'self' 'nonce-abc'");
  });

  test("connects to this app and to Convex, by http and by WebSocket, and to nobody else", () => {
    expect(policy().get("connect-src")).toBe(
      "'self' https://happy-sun-1.convex.cloud wss://happy-sun-1.convex.cloud",
    );
    expect(policy({ convexUrl: "http://127.0.0.1:3210" }).get("connect-src")).toBe(
      "'self' http://127.0.0.1:3210 ws://127.0.0.1:3210",
    );
  });

  test("connects to Clerk where the browser calls Clerk directly", () => {
    expect(policy({ clerkOrigin: "https://clerk.sunup.example" }).get("connect-src")).toContain(
      " https://clerk.sunup.example",
    );
  });

  test("lets nobody frame the page, post its forms elsewhere, or change its base", () => {
    expect(policy().get("frame-ancestors")).toBe("'none'");
    expect(policy().get("form-action")).toBe("'self'");
    expect(policy().get("base-uri")).toBe("'none'");
    expect(policy().get("object-src")).toBe("'none'");
  });

  test("insists on https only where the page came by https", () => {
    expect(policy().has("upgrade-insecure-requests")).toBe(true);
    expect(policy({ https: false }).has("upgrade-insecure-requests")).toBe(false);
  });

  test("has eval and inline styles in development alone", () => {
    const words = (development: boolean) => contentSecurityPolicy({ ...production, development });
    expect(words(true)).toContain("'unsafe-eval'");
    expect(words(false)).not.toContain("'unsafe-eval'");
    expect(policy({ development: true }).get("style-src")).toBe("'self' 'unsafe-inline'");
  });
});

describe("the policy of a public form", () => {
  const form = leadFormPolicy("abc").split("; ");

  test("runs no script, loads nothing and sends only to itself", () => {
    expect(form).toContain("default-src 'none'");
    expect(form).toContain("form-action 'self'");
    expect(form.join()).not.toMatch(/script-src|connect-src|img-src|unsafe/);
  });

  test("is the only one that lets other sites frame its page", () => {
    expect(form).toContain("frame-ancestors *");
    expect(policy().get("frame-ancestors")).toBe("'none'");
  });
});
