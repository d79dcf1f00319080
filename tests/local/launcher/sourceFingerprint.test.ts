import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceFingerprint } from "../../../local/launcher/sourceFingerprint.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sunup-sources-"));
  for (const folder of ["app/a", "lib", "convex/_generated", "tests"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, "app/a/page.tsx"), "one");
  writeFileSync(join(root, "next.config.ts"), "config");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("the fingerprint of the app's sources", () => {
  it("stays while nothing that the build reads changes", () => {
    const before = sourceFingerprint(root);
    writeFileSync(join(root, "tests/some.test.ts"), "a test");
    writeFileSync(join(root, "README.md"), "words");
    writeFileSync(join(root, "convex/_generated/api.js"), "generated");
    expect(sourceFingerprint(root)).toBe(before);
  });

  it.each(["app/a/page.tsx", "next.config.ts", "lib/new.ts", "package-lock.json"])(
    "changes with %s",
    (file) => {
      const before = sourceFingerprint(root);
      writeFileSync(join(root, file), "other");
      expect(sourceFingerprint(root)).not.toBe(before);
    },
  );

  it("changes when a file moves", () => {
    const before = sourceFingerprint(root);
    renameSync(join(root, "app/a/page.tsx"), join(root, "app/a/layout.tsx"));
    expect(sourceFingerprint(root)).not.toBe(before);
  });
});
