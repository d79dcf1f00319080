import { chromium } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { launch } from "./support/launch.ts";
const l = launch(["--port", "20300", "--data", mkdtempSync("/tmp/look-")]);
const s = await l.ready;
console.log(l.output().slice(-900));
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, email] of [["staff","staff+clerk_test@sunup.example"],["member","demo+clerk_test@brightfield.example"]] as const) {
  const ctx = await b.newContext({ viewport: { width: 1280, height: 800 } });
  const p = await ctx.newPage();
  await p.goto(s.appUrl + "/sign-in");
  await p.getByLabel("E-mail address").fill(email);
  await p.getByLabel("Password", { exact: true }).fill("sunny-roof-demo");
  await p.getByRole("button", { name: "Sign in" }).click();
  await p.waitForURL(name === "staff" ? /admin/ : /dashboard/, { timeout: 20000 }).catch((e) => console.log(String(e), p.url()));
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/look-${name}.png` });
  const r = await p.goto(s.appUrl + "/admin");
  console.log(name, r?.status(), p.url());
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/look-${name}-admin.png` });
  await p.setViewportSize({ width: 390, height: 800 });
  await p.emulateMedia({ colorScheme: "dark" });
  await p.waitForTimeout(500);
  await p.screenshot({ path: `/tmp/look-${name}-admin-phone.png` });
}
await b.close(); await l.stop(); process.exit(0);
