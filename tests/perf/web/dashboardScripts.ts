import { ensureAccount } from "../../../local/launcher/localAccounts.ts";
import type { Bench } from "../web.ts";
import { newPage, PASSWORD, signIn, uniqueEmail } from "./accounts.ts";

/** Compressed JavaScript, kB (10^3 bytes), that /dashboard loads until it is drawn, Clerk's scripts aside. */
export async function measureDashboardScripts(bench: Bench): Promise<number> {
  const email = uniqueEmail();
  await ensureAccount(bench.stack, {
    companyName: "Script Solar",
    plan: "starter",
    name: "Ada Bench",
    email,
    password: PASSWORD,
  });
  const signedIn = await newPage(bench);
  await signIn(signedIn, email);
  await signedIn.waitForURL(/\/dashboard$/);
  const storageState = await signedIn.context().storageState();

  // A browser that has the session but has never loaded a script.
  const context = await bench.browser.newContext({ baseURL: bench.stack.appUrl, storageState });
  const page = await context.newPage();
  await page.goto("/dashboard", { waitUntil: "load" });
  await page.getByText("General Leads").waitFor();
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\.js(\?|$)/.test(name) && !name.includes("/__clerk/"))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  if (bytes === 0) throw new Error("The dashboard loaded no script.");
  return bytes / 1000;
}
