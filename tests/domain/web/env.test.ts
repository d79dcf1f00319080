import { describe, expect, test } from "vitest";
import { clerkFrontendHost, EnvError, readServerEnv } from "../../../lib/env.ts";

const complete = {
  NEXT_PUBLIC_CONVEX_URL: "http://127.0.0.1:3210",
  NEXT_PUBLIC_CONVEX_SITE_URL: "http://127.0.0.1:3211",
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKey("127.0.0.1:3400"),
  CLERK_SECRET_KEY: "sk_live_abc",
  CLERK_WEBHOOK_SIGNING_SECRET: `whsec_${btoa("a secret of some length")}`,
};

function publishableKey(host: string): string {
  return `pk_live_${btoa(`${host}$`)}`;
}

function messageOf(change: Record<string, string | undefined>): string {
  try {
    readServerEnv({ ...complete, ...change });
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as EnvError).message;
  }
  return "";
}

describe("the server's variables", () => {
  test("a complete set is taken as it is", () => {
    expect(readServerEnv(complete)).toEqual(complete);
  });

  test("a trailing slash of an address does not matter", () => {
    const env = readServerEnv({ ...complete, NEXT_PUBLIC_CONVEX_URL: "https://a.convex.cloud/" });
    expect(env.NEXT_PUBLIC_CONVEX_URL).toBe("https://a.convex.cloud");
  });

  test.each(Object.keys(complete))("%s missing is said in one sentence that names it", (name) => {
    const message = messageOf({ [name]: undefined });
    expect(message).toMatch(new RegExp(`^${name} is missing: it must be [^\n]+\\.$`));
    expect(messageOf({ [name]: "  " })).toBe(message);
  });

  test.each([
    ["NEXT_PUBLIC_CONVEX_URL", "127.0.0.1:3210"],
    ["NEXT_PUBLIC_CONVEX_URL", "ftp://a.convex.cloud"],
    ["NEXT_PUBLIC_CONVEX_SITE_URL", "https://"],
    ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "pk_live_"],
    ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "pk_live_!!!!"],
    ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", `pk_live_${btoa("clerk.sunup.example")}`],
    ["CLERK_SECRET_KEY", "pk_live_abc"],
    ["CLERK_WEBHOOK_SIGNING_SECRET", "whsec_"],
    ["CLERK_WEBHOOK_SIGNING_SECRET", "whsec_no base64 at all"],
    ["CLERK_JWT_KEY", "not a PEM"],
    ["NEXT_PUBLIC_CLERK_PROXY_URL", "/elsewhere"],
    ["CLERK_FAPI_URL", "localhost"],
    ["CLERK_API_URL", "localhost"],
  ])("%s = %j is called malformed", (name, value) => {
    expect(messageOf({ [name]: value })).toMatch(new RegExp(`^${name} is malformed: [^\n]+\\.$`));
  });

  test("all that is wrong is said at once, one line each", () => {
    const message = messageOf({ CLERK_SECRET_KEY: "x", NEXT_PUBLIC_CONVEX_URL: undefined });
    expect(message.split("\n")).toHaveLength(2);
  });

  test("a value is never repeated, since it may be a secret", () => {
    expect(messageOf({ CLERK_SECRET_KEY: "topsecret" })).not.toContain("topsecret");
  });

  test("a PEM key may carry its line breaks as \\n", () => {
    const pem = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----";
    const env = readServerEnv({ ...complete, CLERK_JWT_KEY: pem.replaceAll("\n", "\\n") });
    expect(env.CLERK_JWT_KEY).toBe(pem);
  });
});

test("a publishable key names the host of Clerk's Frontend API", () => {
  expect(clerkFrontendHost(publishableKey("clerk.sunup.example"))).toBe("clerk.sunup.example");
  expect(clerkFrontendHost("pk_test_abc")).toBeNull();
  expect(clerkFrontendHost("")).toBeNull();
});
