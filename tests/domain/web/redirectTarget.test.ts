import { describe, expect, test } from "vitest";
import { redirectTarget } from "../../../lib/redirectTarget.ts";

describe("where signing in leads", () => {
  test.each(["/projects", "/projects?stage=a&archived=1", "/account#/security", "/"])(
    "%s is a page of this app",
    (path) => {
      expect(redirectTarget(path)).toBe(path);
    },
  );

  test.each([
    null,
    undefined,
    "",
    "projects",
    "https://evil.example/x",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "http:/evil.example",
    "/%",
  ])("%j never leaves this app", (wanted) => {
    const target = redirectTarget(wanted);
    expect(new URL(target, "http://localhost:3000").origin).toBe("http://localhost:3000");
    expect(target.startsWith("//")).toBe(false);
  });

  test.each([
    "/sign-in",
    "/sign-in?redirect_url=/x",
    "/signup",
    "/api/health",
    "/__clerk/v1/client",
  ])("%s is no page to land on", (path) => {
    expect(redirectTarget(path)).toBe("/dashboard");
  });

  test("a page that only begins like one of those is fine", () => {
    expect(redirectTarget("/sign-in-log")).toBe("/sign-in-log");
  });
});
