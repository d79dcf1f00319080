import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { DEMO_PASSWORD } from "../../local/launcher/demo/companies.ts";
import { fill, sampleEmail } from "../../local/seed/fill.ts";
import { findChromium } from "../runner/chromium.ts";
import { launch } from "../support/launch.ts";
import { measureBoard, measureDrags } from "./pages/board.ts";
import { measureSearch } from "./pages/search.ts";

const PORT = 14_680;
const COMPANIES = 1_000;
const PROJECTS = 10_000;

/**
 * pages.*: what somebody sees whose company has 10,000 projects, among 1,000 companies, on a stack
 * of its own. Filling it through the doors that customers use takes most of the time.
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
  } finally {
    await browser.close();
    await launched.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
