import { api } from "../../../convex/_generated/api.js";
import { ensureAccount } from "../../../local/launcher/localAccounts.ts";
import { percentile } from "../figures.ts";
import type { Bench } from "../web.ts";
import { newPage, PASSWORD, signIn, uniqueEmail } from "./accounts.ts";
import { watchFor } from "./pageClock.ts";

const ROUNDS = 60;
const STAGES = ["Design", "Permitting"] as const;
const CURRENT = '[aria-current="step"]';

/** p95, ms: from a click in one browser until another browser of the company shows the change. */
export async function measureLivePush(bench: Bench): Promise<number> {
  const email = uniqueEmail();
  const account = await ensureAccount(bench.stack, {
    companyName: "Live Solar",
    plan: "starter",
    name: "Ada Bench",
    email,
    password: PASSWORD,
  });
  const client = await account.convex();
  const project = { name: "Live roof", customerName: "Joan Miller" };
  const projectId = await client.mutation(api.projects.create, project);
  const [mover, watcher] = [await newPage(bench), await newPage(bench)];
  for (const page of [mover, watcher]) {
    await signIn(page, email);
    await page.waitForURL(/\/dashboard$/);
    await page.goto(`/projects/${projectId}`);
    await page.locator(CURRENT).waitFor();
  }
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const stage = STAGES[round % STAGES.length] ?? STAGES[0];
    const button = mover.getByRole("button", { name: `Move to ${stage}` });
    await mover.locator(`button[aria-label="Move to ${stage}"]:enabled`).waitFor();
    const arrival = await watchFor(watcher, CURRENT, stage);
    const clicked = await button.evaluate((element: HTMLElement) => {
      const at = performance.timeOrigin + performance.now();
      element.click();
      return at;
    });
    samples.push((await arrival.seen()) - clicked);
  }
  return percentile(samples, 0.95);
}
