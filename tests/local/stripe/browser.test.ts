/** The pages in the real Chromium: styled, with their script, and back to an app on another origin. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "@playwright/test";
import { describe, expect, onTestFinished, test } from "vitest";
import { findChromium } from "../../runner/chromium.ts";
import { makePrice, startTestStripe } from "./harness.ts";

const CHROMIUM = findChromium();
if (!CHROMIUM) {
  console.warn("NOT RUN: the local Stripe's pages in Chromium; there is none (set CHROMIUM).");
}

describe.runIf(CHROMIUM)("in Chromium", () => {
  test("a person picks a card, is declined, picks another and comes back to the app", async () => {
    const app = createServer((_request, answer) => answer.end("Welcome back"));
    await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
    const appUrl = `http://localhost:${(app.address() as AddressInfo).port}`;
    const browser = await chromium.launch({
      executablePath: CHROMIUM ?? undefined,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    onTestFinished(async () => {
      await browser.close();
      app.closeAllConnections();
      app.close();
    });
    const { stripe } = await startTestStripe();
    const price = await makePrice(stripe);
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      customer_email: "ada@example.com",
      success_url: `${appUrl}/done?session={CHECKOUT_SESSION_ID}`,
    });

    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) refused.push(message.text());
    });
    await page.goto(session.url ?? "");
    const pick = async (card: RegExp) => {
      await page.getByText("Test cards").click();
      await page.getByRole("button", { name: card }).click();
      await page.getByRole("button", { name: "Subscribe" }).click();
    };
    await pick(/4000 0000 0000 0002/);
    await expect
      .poll(() => page.getByRole("alert").allInnerTexts())
      .toEqual(["Your card was declined."]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
    await pick(/4242 4242 4242 4242/);
    await page.waitForURL(`${appUrl}/done?session=${session.id}`);
    expect(await page.innerText("body")).toBe("Welcome back");
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
    // The strip's colour only comes with the style, which the policy admits by its hash.
    await page.goto((await stripe.invoices.list()).data[0]?.hosted_invoice_url ?? "");
    const strip = page.getByText("Local Stripe – no real money");
    expect(await strip.evaluate((element) => getComputedStyle(element).fontWeight)).toBe("600");
    expect(refused).toEqual([]);
  });
});
