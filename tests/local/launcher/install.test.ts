import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isInstalled, node24 } from "../../../local/install.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sunup-install-"));
  mkdirSync(dirname(node24(root)), { recursive: true });
  writeFileSync(node24(root), "");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

type Packages = Record<string, { version?: string; integrity?: string; optional?: true }>;

function write(wanted: Packages, installed?: Packages): void {
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: wanted }));
  if (!installed) return;
  const hidden = join(root, "node_modules", ".package-lock.json");
  writeFileSync(hidden, JSON.stringify({ packages: installed }));
}

const next = { version: "16.0.0", integrity: "sha512-a" };
const wanted: Packages = {
  "": {},
  "node_modules/next": next,
  "node_modules/only-on-windows": { version: "1.0.0", optional: true },
};

describe("the check of the installed dependencies", () => {
  it("is content when npm installed what the lockfile asks for", () => {
    write(wanted, { "node_modules/next": next });
    expect(isInstalled(root)).toBe(true);
  });

  it("asks for an installation when there was none, or it did not end", () => {
    write(wanted);
    expect(isInstalled(root)).toBe(false);
  });

  it("asks for one when the lockfile has another version or a package more", () => {
    write(wanted, { "node_modules/next": { ...next, version: "15.0.0" } });
    expect(isInstalled(root)).toBe(false);
    write({ ...wanted, "node_modules/zod": { version: "4.0.0" } }, { "node_modules/next": next });
    expect(isInstalled(root)).toBe(false);
  });

  it("asks for one when Node 24 is missing", () => {
    write(wanted, { "node_modules/next": next });
    rmSync(node24(root));
    expect(isInstalled(root)).toBe(false);
  });
});
