/**
 * Writes every kind of mail into a folder, to be looked at: HTML, text, and with Chromium a
 * picture as on a desktop and on a phone, light and dark.
 *
 *   node tests/emails/preview.ts DIR
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runInThisContext } from "node:vm";
import { chromium } from "@playwright/test";
import type { renderEmail } from "../../convex/emails/render.tsx";
import { findChromium } from "../runner/chromium.ts";
import { emailBundle } from "../support/emailBundle.ts";
import { EMAIL_SAMPLES } from "../support/emailSamples.ts";

const dir = process.argv[2];
if (!dir) throw new Error("Say into which folder: node tests/emails/preview.ts DIR");
mkdirSync(dir, { recursive: true });

const { renderEmail: render } = runInThisContext(`${await emailBundle()}; emails`) as {
  renderEmail: typeof renderEmail;
};
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined });
for (const [kind, message] of Object.entries(EMAIL_SAMPLES)) {
  const { subject, html, text } = render(message, "https://app.sunup.test");
  writeFileSync(path.join(dir, `${kind}.html`), html);
  writeFileSync(path.join(dir, `${kind}.txt`), `Subject: ${subject}\n\n${text}\n`);
  for (const [device, width] of Object.entries({ desktop: 900, phone: 390 })) {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ viewport: { width, height: 500 }, colorScheme });
      await page.setContent(html);
      await page.screenshot({
        path: path.join(dir, `${kind}.${device}.${colorScheme}.png`),
        fullPage: true,
      });
      await page.close();
    }
  }
}
await browser.close();
