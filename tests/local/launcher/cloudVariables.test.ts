import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cloudVariables, requireCloudVariables } from "../../../local/launcher/cloudVariables.ts";

const complete = {
  CONVEX_DEPLOYMENT: "dev:calm-otter-1",
  NEXT_PUBLIC_CONVEX_URL: "https://calm-otter-1.convex.cloud",
  NEXT_PUBLIC_CONVEX_SITE_URL: "https://calm-otter-1.convex.site",
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_test_${btoa("calm-otter-1.clerk.accounts.dev$")}`,
  CLERK_SECRET_KEY: "sk_test_abcdefghijklmnop",
  CLERK_WEBHOOK_SIGNING_SECRET: `whsec_${btoa("a signing secret of a test")}`,
};

it("asks for a Convex deployment first", () => {
  expect(() => requireCloudVariables({})).toThrow(
    /^No Convex deployment is chosen yet: run `npx convex dev --once`/,
  );
});

it("names every variable that is missing, and where it belongs", () => {
  const { CLERK_SECRET_KEY, NEXT_PUBLIC_CONVEX_SITE_URL, ...rest } = complete;
  expect([CLERK_SECRET_KEY, NEXT_PUBLIC_CONVEX_SITE_URL]).not.toContain(undefined);
  expect(() => requireCloudVariables(rest)).toThrow(
    /^NEXT_PUBLIC_CONVEX_SITE_URL is missing: [^\n]+\nCLERK_SECRET_KEY is missing: [^\n]+\nPut it into \.env\.local/,
  );
});

it("is content with all of them, from .env.local or from the shell, which wins", () => {
  const folder = mkdtempSync(join(tmpdir(), "sunup-cloud-"));
  const file = join(folder, ".env.local");
  const { CLERK_SECRET_KEY, ...rest } = complete;
  const lines = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, `${lines.join("\n")}\nCLERK_SECRET_KEY=replaced\n`);
  const variables = cloudVariables(file, { CLERK_SECRET_KEY });
  rmSync(folder, { recursive: true });
  expect(variables).toEqual(complete);
  expect(() => requireCloudVariables(variables)).not.toThrow();
});
