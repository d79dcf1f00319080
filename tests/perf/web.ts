import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { findChromium } from "../runner/chromium.ts";
import { launchWithWebhooksTo, type RunningStack } from "../support/launch.ts";
import { report } from "./figures.ts";
import { measureDashboardScripts } from "./web/dashboardScripts.ts";
import { measureLivePush } from "./web/livePush.ts";
import { measureSignup } from "./web/signup.ts";
import { openValve, type WebhookValve } from "./web/webhookValve.ts";
import { measureWebhookToVisible } from "./web/webhookToVisible.ts";

const PORT = 14_620;
const VALVE_PORT = 14_621;

export type Bench = { browser: Browser; stack: RunningStack; webhooks: WebhookValve };

/** onboarding.*, live.* and web.*: what people at their browsers wait for, on a stack of its own. */
export async function measureWeb(): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("Chromium is not installed.");
  const data = mkdtempSync(join(tmpdir(), "sunup-bench-"));
  const webhooks = await openValve(VALVE_PORT);
  const launched = launchWithWebhooksTo(webhooks.url, ["--port", String(PORT), "--data", data]);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const stack = await launched.ready;
    webhooks.forwardTo(`${stack.appUrl}/api/webhooks/clerk`);
    const bench = { browser, stack, webhooks };
    report("onboarding.webhook_to_visible_p95_ms", await measureWebhookToVisible(bench), "ms");
    report("onboarding.signup_to_dashboard_ms", await measureSignup(bench), "ms");
    report("live.push_p95_ms", await measureLivePush(bench), "ms");
    report("web.dashboard_js_kb", await measureDashboardScripts(bench), "kB");
  } finally {
    await browser.close();
    await launched.stop();
    webhooks.close();
    rmSync(data, { recursive: true, force: true });
  }
}
