import { createClerkClient } from "@clerk/backend";
import { percentile } from "../figures.ts";
import type { Bench } from "../web.ts";
import { newPage, PASSWORD, signIn, uniqueEmail } from "./accounts.ts";
import { watchFor } from "./pageClock.ts";

const ROUNDS = 30;

/** p95, ms: from the app receiving Clerk's webhook until the waiting browser shows the new company. */
export async function measureWebhookToVisible(bench: Bench): Promise<number> {
  const { stack, webhooks } = bench;
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  const samples: number[] = [];
  webhooks.hold();
  for (let round = 0; round < ROUNDS; round += 1) {
    const email = uniqueEmail();
    await clerk.users.createUser({
      emailAddress: [email],
      password: PASSWORD,
      firstName: "Ada",
      lastName: "Bench",
      unsafeMetadata: { companyName: `Bench Solar ${round}`, plan: "starter" },
    });
    const page = await newPage(bench);
    await signIn(page, email);
    await page.getByText(`Workspace for Bench Solar ${round}`).waitFor();
    await page.getByText("1 of 5 steps done").waitFor({ state: "attached" });
    const ready = await watchFor(page, "h1", "Your workspace is ready");
    const received = await webhooks.release();
    samples.push((await ready.seen()) - received);
    await page.context().close();
  }
  webhooks.flow();
  return percentile(samples, 0.95);
}
