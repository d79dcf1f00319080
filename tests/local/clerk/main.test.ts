import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createClerkClient } from "@clerk/backend";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "./harness.ts";

const MAIN = fileURLToPath(new URL("../../../local/clerk/main.ts", import.meta.url));

test("run by itself it prints the variables the app needs, and stops when asked", async () => {
  const child = spawn(
    process.execPath,
    [MAIN, "--port", "0", "--data", temporaryFolder(), "--app-url", "http://localhost:4251"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const variables = JSON.parse(line) as Record<string, string>;
  expect(variables).toMatchObject({
    NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk",
    CLERK_WEBHOOK_SIGNING_SECRET: expect.stringMatching(/^whsec_/),
    CLERK_JWT_KEY: expect.stringContaining("BEGIN PUBLIC KEY"),
    CLERK_JWT_ISSUER_DOMAIN: variables["CLERK_FAPI_URL"],
  });
  const backend = createClerkClient({
    apiUrl: variables["CLERK_API_URL"],
    secretKey: variables["CLERK_SECRET_KEY"],
    publishableKey: variables["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"],
  });
  expect(await backend.users.getCount()).toBe(0);

  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});
