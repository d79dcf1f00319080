import { createClerkClient } from "@clerk/backend";
import { onTestFinished } from "vitest";
import { startTestClerk } from "../local/clerk/harness.ts";

export const APP_URL = "http://localhost:4251";

/** A local Clerk for one test, which the functions of the deployment call, with its own SDK beside it. */
export async function deploymentClerk() {
  const { clerk } = await startTestClerk();
  const before = { ...process.env };
  Object.assign(process.env, {
    APP_URL,
    CLERK_API_URL: clerk.url,
    CLERK_SECRET_KEY: clerk.secretKey,
  });
  onTestFinished(() => {
    for (const name of ["APP_URL", "CLERK_API_URL", "CLERK_SECRET_KEY"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
  const sdk = createClerkClient({ secretKey: clerk.secretKey, apiUrl: clerk.url });
  return { clerk, sdk };
}
