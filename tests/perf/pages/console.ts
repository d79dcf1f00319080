import type { Browser } from "@playwright/test";
import { DEMO_PASSWORD } from "../../../local/launcher/demo/companies.ts";
import { ensureStaff, type LocalStack } from "../../../local/launcher/localAccounts.ts";
import { percentile, report } from "../figures.ts";

const OPENINGS = 7;
const EMAIL = "console+clerk_test@sunup.example";

/**
 * pages.console_*: from the start of a navigation until staff see the overview's figures, and the
 * first companies of the list, median.
 */
export async function measureConsole(
  browser: Browser,
  stack: LocalStack & { appUrl: string },
): Promise<void> {
  const person = { name: "Robin Hale", email: EMAIL, password: DEMO_PASSWORD };
  await ensureStaff(stack, { ...person, level: "support" });
  const page = await browser.newPage({ baseURL: stack.appUrl });
  page.setDefaultTimeout(30_000);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/admin/);

  const pages = [
    ["overview", "/admin", page.getByText(/^\d+ in the last \d+ days/)],
    ["tenants", "/admin/tenants", page.getByRole("row").getByRole("link").first()],
  ] as const;
  for (const [name, path, sign] of pages) {
    const samples: number[] = [];
    for (let n = 0; n < OPENINGS; n++) {
      await page.goto(path, { waitUntil: "commit" });
      await sign.waitFor();
      samples.push(await page.evaluate(() => performance.now()));
    }
    report(`pages.console_${name}_ms`, percentile(samples, 0.5), "ms");
  }
  await page.close();
}
