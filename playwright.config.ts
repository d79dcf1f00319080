import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./tests/runner/chromium.ts";

/**
 * The browser suite, against the real stack of `npm start`. No test is tried twice: a race that shows
 * once in ten runs is a bug.
 */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/e2e/support/globalSetup.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  // Generous: on two busy cores a test with three browsers takes long and is right all the same.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    // What fades in or out is half transparent for a moment, and fails a check of its contrast.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    // Without the film of every page, which costs a fifth of the time.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
