import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { DEMO_PASSWORD } from "../../local/launcher/demo/companies.ts";
import { fill, sampleEmail } from "../../local/seed/fill.ts";
import { findChromium } from "../runner/chromium.ts";
import { launch } from "../support/launch.ts";
import { measureBoard, measureDrags } from "./pages/board.ts";
import { measureConsole } from "./pages/console.ts";
import { measureSearch } from "./pages/search.ts";
import { measureTable } from "./pages/table.ts";

const PORT = 14_680;
const COMPANIES = 5_000;
const PROJECTS = 10_000;

/**
 * pages.*: what somebody sees whose company has 10,000 projects, and Sunup's staff, among 5,000
 * companies, on a stack of its own. Most of the time goes into its sign-ups.
 */
export async function measurePages(): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("Chromium is not installed.");
  const data = mkdtempSync(join(tmpdir(), "sunup-bench-"));
  const launched = launch(["--port", String(PORT), "--data", data, "--no-demo"]);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const stack = await launched.ready;
    await fill(stack, { tenants: COMPANIES, projects: PROJECTS }, () => {});
    const page = await browser.newPage({
      baseURL: stack.appUrl,
      viewport: { width: 1280, height: 800 },
    });
    page.setDefaultTimeout(30_000);
    await page.goto("/sign-in");
    await page.getByLabel("E-mail address").fill(sampleEmail(1));
    await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/dashboard$/);
    await measureBoard(page);
    await measureDrags(page);
    await measureSearch(page);
    await measureTable(page);
    await page.close();
    await measureConsole(browser, stack);
  } finally {
    await browser.close();
    await launched.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
