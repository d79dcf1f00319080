import { Webhook } from "svix";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startWebhookStack, type WebhookStack } from "./webhookStack.ts";

let stack: WebhookStack;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  stack = await startWebhookStack();
});
afterEach(() => stack.close());

const TABLES = ["tenants", "members", "pipelineStages", "emails", "auditLog"] as const;
const ONE_COMPANY = { tenants: 1, members: 1, pipelineStages: 8, emails: 1, auditLog: 1 };
const TWO_COMPANIES = { tenants: 2, members: 2, pipelineStages: 16, emails: 2, auditLog: 2 };

/** Clerk's attempts have come to this so often. */
async function untilAttempts(outcome: number | null, times: number): Promise<void> {
  await expect
    .poll(() => stack.attempts.filter((each) => each === outcome).length, { timeout: 15_000 })
    .toBeGreaterThanOrEqual(times);
}

test("sign-ups while the app and then Convex are down are provisioned when both are back", async () => {
  await stack.signUp("North Solar");
  await stack.signUp("South Solar");
  await untilAttempts(null, 3);
  await stack.startApp();
  await untilAttempts(503, 3);
  await stack.startConvex();
  await untilAttempts(200, 2);
  expect(await stack.countRows(TABLES)).toEqual(TWO_COMPANIES);
});

test("fifty deliveries of one event at the same moment make one company", async () => {
  const convex = await stack.startConvex();
  const body = JSON.stringify({
    object: "event",
    type: "user.created",
    data: {
      id: "user_fifty",
      primary_email_address_id: "idn_1",
      email_addresses: [
        { id: "idn_1", email_address: "fifty@x.example", verification: { status: "verified" } },
      ],
      unsafe_metadata: { companyName: "Fifty Solar", plan: "pro" },
      updated_at: 1_000,
    },
  });
  const at = new Date();
  const deliver = async (id: string) => {
    const response = await fetch(`${convex.siteUrl}/webhooks/clerk`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "svix-id": id,
        "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
        "svix-signature": new Webhook(stack.clerk.webhookSecret).sign(id, at, body),
      },
      body,
    });
    return response.status;
  };
  const ids = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? "msg_same" : `msg_${n}`));
  expect(new Set(await Promise.all(ids.map(deliver)))).toEqual(new Set([200]));
  expect(await stack.countRows([...TABLES, "webhookEvents"])).toEqual({
    ...ONE_COMPANY,
    webhookEvents: 26,
  });
});
