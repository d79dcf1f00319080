import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClerkClient } from "@clerk/backend";
import { countRows } from "../e2e/support/ownStack.ts";
import { launchWithWebhooksTo, type RunningStack } from "../support/launch.ts";
import { percentile, report } from "./figures.ts";
import { openValve } from "./web/webhookValve.ts";

const PORT = 14_640;
const VALVE_PORT = 14_641;
const SIGN_UPS = 200;
const SPREAD_MS = 60_000;
/** How long the last company may take to appear before the measurement is given up. */
const PATIENCE_MS = 60_000;

/** onboarding.signups_*: 200 companies that sign up within one minute, on a stack of its own. */
export async function measureSignups(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "sunup-bench-"));
  const provisioned = new Map<string, number>();
  const webhooks = await openValve(VALVE_PORT, ({ body, status }) => {
    const email = /sign-up-\d+\+clerk_test@bench\.example/.exec(body)?.[0];
    if (email && status === 200 && body.includes('"user.created"')) {
      provisioned.set(email, performance.now());
    }
  });
  const launched = launchWithWebhooksTo(webhooks.url, ["--port", String(PORT), "--data", data]);
  try {
    const stack = await launched.ready;
    webhooks.forwardTo(`${stack.appUrl}/api/webhooks/clerk`);
    const asked = await signUpInOneMinute(stack);
    const limit = Date.now() + PATIENCE_MS;
    while (provisioned.size < SIGN_UPS && Date.now() < limit) await sleep(50);
    const waits = [...provisioned].map(([email, at]) => at - (asked.get(email) ?? NaN));
    await launched.stop();
    const rows = await countRows(data, ["tenants", "members"]);
    report("onboarding.signups_p95_ms", percentile(waits, 0.95), "ms");
    report("onboarding.signups_max_ms", percentile(waits, 1), "ms");
    report("onboarding.signups_missing", SIGN_UPS - provisioned.size, "companies");
    report("onboarding.signups_duplicates", rows.tenants - provisioned.size, "companies");
    if (rows.members !== rows.tenants) throw new Error("A company has not one administrator.");
  } finally {
    await launched.stop();
    webhooks.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Makes the users at Clerk, evenly over the minute; resolves with when each was asked for. */
async function signUpInOneMinute(stack: RunningStack): Promise<Map<string, number>> {
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  const asked = new Map<string, number>();
  await Promise.all(
    Array.from({ length: SIGN_UPS }, async (_, n) => {
      await sleep((n * SPREAD_MS) / SIGN_UPS);
      const email = `sign-up-${n}+clerk_test@bench.example`;
      asked.set(email, performance.now());
      await clerk.users.createUser({
        emailAddress: [email],
        password: "rooftop-panels-7",
        firstName: "Ada",
        // One name for many: slugs must differ all the same.
        unsafeMetadata: { companyName: `Bench Solar ${n % 20}`, plan: "pro" },
      });
    }),
  );
  return asked;
}
