import { percentile } from "../figures.ts";
import type { Bench } from "../web.ts";
import { newPage, PASSWORD, uniqueEmail } from "./accounts.ts";

const ROUNDS = 7;

/** Median, ms: the two waits of a sign-up (for the code step, then for the dashboard), typing left out. */
export async function measureSignup(bench: Bench): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await newPage(bench);
    await page.goto("/signup", { waitUntil: "networkidle" });
    await page.getByLabel("Company name").fill("Bench Solar");
    await page.getByLabel("Your name").fill("Ada Bench");
    await page.getByLabel("E-mail address").fill(uniqueEmail());
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);

    const clicked = performance.now();
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByLabel("Code").waitFor();
    const codeStep = performance.now() - clicked;

    await page.getByLabel("Code").fill("424242");
    const confirmed = performance.now();
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("General Leads").waitFor();
    await page.waitForURL(/\/dashboard$/);
    samples.push(codeStep + (performance.now() - confirmed));
    await page.context().close();
  }
  return percentile(samples, 0.5);
}
