/** The mailbox as people see it, in the real Chromium, and what a hostile mail can do there: nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "@playwright/test";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { CHROMIUM, FLAGS, hasChromium } from "../clerk/browserPage.ts";
import { FROM, mailboxOf, startTestMail } from "./harness.ts";

const PHONE = { width: 390, height: 844 };

if (!hasChromium) {
  console.warn("NOT RUN: the mailbox in a browser; no Chromium (set CHROMIUM).");
}

let browser: Browser | undefined;
beforeAll(async () => {
  if (hasChromium) browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});
afterAll(() => browser?.close());

async function setUp() {
  const { mail, resend } = await startTestMail();
  return {
    mail,
    async send(to: string, body: { subject?: string; html?: string; text?: string }) {
      const content = { text: body.text, html: body.html ?? "" };
      const sent = await resend.emails.send({
        from: FROM,
        to,
        subject: "Hello",
        ...body,
        ...content,
      });
      if (!sent.data) throw new Error(sent.error.message);
      return sent.data.id;
    },
    async open(path = "", options: BrowserContextOptions = {}): Promise<Page> {
      if (!browser) throw new Error("There is no browser.");
      const context = await browser.newContext({
        permissions: ["clipboard-read", "clipboard-write"],
        ...options,
      });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      await page.goto(`${mail.mailboxUrl}${path}`);
      return page;
    },
  };
}

/** A server of somebody else, which remembers whoever came near it. */
async function startStranger() {
  const visits: { path: string; referer: string | undefined }[] = [];
  let connections = 0;
  const server = createServer((request, answer) => {
    visits.push({ path: request.url ?? "", referer: request.headers.referer });
    answer.writeHead(200, { "Content-Type": "text/html" }).end("<title>A stranger</title>");
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, visits, connections: () => connections };
}

const entries = (page: Page) => page.getByRole("list", { name: /E-mails/ }).getByRole("listitem");

describe.runIf(hasChromium)("the mailbox", { timeout: 60_000 }, () => {
  test("shows every mail by itself, newest first, and text as text", async () => {
    const { send, open } = await setUp();
    const page = await open();
    await page.getByText("No e-mails yet").waitFor();
    const hostile = `<img src=x onerror="document.title='taken'">`;
    await send("ada@example.com", { subject: "First", text: "one" });
    await send("bo@example.com", { subject: hostile, text: `two ${hostile}` });
    await expect.poll(() => entries(page).count()).toBe(2);
    const [newest, oldest] = await entries(page).allInnerTexts();
    expect(newest).toContain(hostile);
    expect(newest).toContain("to bo@example.com");
    expect(oldest).toContain("First");

    await page.getByRole("link", { name: "First" }).click();
    await page.getByRole("heading", { name: "First" }).waitFor();
    await send("cy@example.com", { subject: "Third", text: "three" });
    await page.getByRole("link", { name: "Third" }).waitFor();
    expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe("First");

    await page.getByRole("link", { name: hostile }).click();
    await page.getByRole("heading", { name: hostile }).waitFor();
    expect(await page.locator("pre").textContent()).toBe(`two ${hostile}`);
    expect(await page.title()).toContain("Mailbox");
  });

  test("finds mails by part of an address, and says so when there is none", async () => {
    const { send, open } = await setUp();
    await send("ada@ridge.example", { text: "one" });
    await send("Bo <Bo@Summit.example>", { text: "two" });
    const page = await open();
    const search = page.getByRole("searchbox", { name: "Search by address" });
    await search.fill("SUMMIT");
    await expect
      .poll(() => entries(page).allInnerTexts())
      .toEqual([expect.stringContaining("Bo@Summit.example")]);
    await search.fill("%");
    await page.getByText("Nothing found").waitFor();
    await page.getByRole("button", { name: "Show all e-mails" }).click();
    await expect.poll(() => entries(page).count()).toBe(2);
  });

  test("gives codes and links to copy", async () => {
    const { mail, send, open } = await setUp();
    mail.deliver({ to: "ada@example.com", subject: "Code", text: "x", code: "482913", link: null });
    await send("ada@example.com", {
      html: `<a href="http://localhost:3000/join?a=1&amp;b=2">Join</a> <a href="javascript:alert(1)">No</a>`,
    });
    const page = await open();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Copy the code 482913" }).click();
    await expect.poll(copied).toBe("482913");
    await page.getByRole("link", { name: "Hello" }).click();
    await page.getByRole("button", { name: "Copy the link" }).click();
    await expect.poll(copied).toBe("http://localhost:3000/join?a=1&b=2");
    expect(await page.getByRole("region").getByRole("link").count()).toBe(1);
  });

  test("shows HTML, or text when asked", async () => {
    const { send, open } = await setUp();
    const id = await send("ada@example.com", { html: "<h1>As HTML</h1>", text: "As text" });
    const page = await open(`#${id}`);
    await page.frameLocator("iframe").getByRole("heading", { name: "As HTML" }).waitFor();
    await page.getByRole("button", { name: "Text" }).click();
    expect(await page.locator("pre").textContent()).toBe("As text");
    expect(await page.locator("iframe").count()).toBe(0);
  });

  test("says what became of a mail, also of one that is open", async () => {
    const { send, open } = await setUp();
    const id = await send("ada+bounced@example.com", { text: "Hi" });
    const page = await open(`#${id}`);
    const outcome = page.getByRole("region").getByText("Bounced", { exact: true });
    await outcome.waitFor({ timeout: 10_000 });
    await entries(page).getByText("Bounced", { exact: true }).waitFor();
  });

  test("says when Sunup does not answer, and goes on when it does", async () => {
    const { send, open } = await setUp();
    const page = await open();
    await page.getByText("No e-mails yet").waitFor();
    await page.context().setOffline(true);
    await page.getByText("Sunup does not answer").waitFor();
    await send("ada@example.com", { text: "Hi" });
    await page.context().setOffline(false);
    await expect.poll(() => entries(page).count(), { timeout: 10_000 }).toBe(1);
    await page.getByText("1 e-mail", { exact: true }).waitFor();
  });

  test("fits a phone: the list, then the mail, and back", async () => {
    const { send, open } = await setUp();
    await send(`${"long".repeat(15)}@${"example.".repeat(6)}com`, {
      subject: "A subject that goes on and on and does not want to end at all",
      text: `http://localhost:3000/${"very-long-path".repeat(20)}`,
    });
    const page = await open("", { viewport: PHONE });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.getByRole("link", { name: /A subject/ }).click();
    await page.getByRole("heading", { name: /A subject/ }).waitFor();
    expect(await width()).toBe(PHONE.width);
    expect(await entries(page).first().isVisible()).toBe(false);
    await page.getByRole("button", { name: "All e-mails" }).click();
    await entries(page).first().waitFor();
    expect(await width()).toBe(PHONE.width);
  });

  test.each(["light", "dark"] as const)("is accessible, %s", async (colorScheme) => {
    const { mail, send, open } = await setUp();
    const empty = await open("", { colorScheme });
    await empty.getByText("No e-mails yet").waitFor();
    expect((await new AxeBuilder({ page: empty }).analyze()).violations).toEqual([]);
    mail.deliver({ to: "ada@example.com", subject: "Code", text: "x", code: "482913", link: null });
    const id = await send("ada+bounced@example.com", {
      html: `<p><a href="http://localhost:3000/a">a</a> <a href="http://localhost:3000/b">b</a></p>`,
      text: "a",
    });
    const page = await open(`#${id}`, { colorScheme });
    await page.getByRole("button", { name: "Text" }).click();
    await entries(page).nth(1).waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
});

describe.runIf(hasChromium)("a hostile mail", { timeout: 60_000 }, () => {
  /** Everything that could run, fetch, send, or lead away. */
  const hostileHtml = (url: string) => `<!doctype html><html><head>
    <meta http-equiv="refresh" content="0;url=${url}/refresh">
    <base href="${url}/base/">
    <link rel="stylesheet" href="${url}/style.css">
    <link rel="preconnect" href="${url}"><link rel="dns-prefetch" href="${url}">
    <link rel="prefetch" href="${url}/prefetch"><link rel="preload" as="image" href="${url}/preload">
    <link rel="icon" href="${url}/icon.png"><link rel="manifest" href="${url}/manifest">
    <style>@import url("${url}/import.css"); @font-face { font-family: f; src: url("${url}/font") }
      p { font-family: f; background: url("${url}/background") }</style>
    <script>parent.document.title = "taken"; top.location = "${url}/script"</script>
    <script src="${url}/script.js"></script></head>
    <body onload="location = '${url}/onload'" background="${url}/body">
    <img src="${url}/img" srcset="${url}/srcset 2x" onerror="top.location = '${url}/onerror'">
    <picture><source srcset="${url}/source"><img src="data:,"></picture>
    <video autoplay src="${url}/video" poster="${url}/poster"></video><audio autoplay src="${url}/audio"></audio>
    <svg onload="top.location = '${url}/svg'"><image href="${url}/svg-image"/></svg>
    <iframe src="${url}/frame"></iframe><iframe srcdoc="<script>top.location='${url}/srcdoc'</script>"></iframe>
    <object data="${url}/object"></object><embed src="${url}/embed">
    <form action="${url}/form" target="_top"><button id="submit">Send</button></form>
    <a id="here" href="${url}/here" target="_self">here</a>
    <a id="up" href="${url}/up" target="_top">up</a>
    <a id="script" href="javascript:top.location='${url}/javascript'">script</a>
    <a id="out" href="${url}/out" ping="${url}/ping">out</a>
    <p>The end of the mail</p></body></html>`;

  test("runs nothing and fetches nothing, in the mailbox or by itself", async () => {
    const stranger = await startStranger();
    const { mail, send, open } = await setUp();
    const id = await send("ada@example.com", { html: hostileHtml(stranger.url) });
    const page = await open(`#${id}`);
    await page.frameLocator("iframe").getByText("The end of the mail").waitFor();
    await sleep(500);
    await page.goto(`${mail.mailboxUrl}/mails/${id}/html`);
    await page.getByText("The end of the mail").waitFor();
    await sleep(500);
    expect(page.url()).toBe(`${mail.mailboxUrl}/mails/${id}/html`);
    expect(stranger.connections()).toBe(0);
    expect(page.context().pages()).toHaveLength(1);
  });

  test.each(["#submit", "#here", "#up", "#script"])(
    "has no way to send anything or to lead the page elsewhere by a click on %s",
    async (trap) => {
      const stranger = await startStranger();
      const { mail, send, open } = await setUp();
      const id = await send("ada@example.com", { html: hostileHtml(stranger.url) });
      const page = await open(`#${id}`);
      await page.frameLocator("iframe").locator(trap).click();
      await sleep(500);
      expect(page.url()).toBe(`${mail.mailboxUrl}#${id}`);
      expect(await page.title()).toContain("Mailbox");
      expect(stranger.visits).toEqual([]);
    },
  );

  test("would have done all that in a page without our protection", async () => {
    const stranger = await startStranger();
    const { open } = await setUp();
    const page = await open();
    await page.goto("about:blank");
    await page.setContent(hostileHtml(stranger.url), { waitUntil: "commit" });
    await expect.poll(() => stranger.visits.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
  });

  test("has links that open in a tab of their own, which learns nothing of the mailbox", async () => {
    const stranger = await startStranger();
    const { send, open } = await setUp();
    const id = await send("ada@example.com", {
      html: `<a href="${stranger.url}/out">out</a>`,
    });
    const page = await open(`#${id}`);
    const opened = page.context().waitForEvent("page");
    await page.frameLocator("iframe").getByRole("link", { name: "out" }).click();
    const tab = await opened;
    await expect.poll(() => tab.title()).toBe("A stranger");
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    const [visit] = stranger.visits.filter(({ path }) => path === "/out");
    expect(visit).toEqual({ path: "/out", referer: undefined });
  });

  test("has attachments that are saved, never shown", async () => {
    const { mail, open } = await setUp();
    const content = Buffer.from("<script>document.title = 'taken'</script>").toString("base64");
    await fetch(`${mail.url}/emails`, {
      method: "POST",
      headers: { authorization: `Bearer ${mail.apiKey}` },
      body: JSON.stringify({
        from: FROM,
        to: "ada@example.com",
        subject: "Plan",
        text: "x",
        attachments: [{ filename: `Plän "1'.html`, content, content_type: "text/html" }],
      }),
    });
    const [sent] = await mailboxOf(mail);
    const answer = await fetch(`${mail.mailboxUrl}/mails/${sent?.id}/attachments/0`);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    const page = await open(`#${sent?.id}`);
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: /Plän/ }).click();
    expect((await saved).suggestedFilename()).toMatch(/^Plän .*\.html$/);
  });

  test("a page of another origin can neither read the mailbox nor frame it", async () => {
    const stranger = await startStranger();
    const { mail, send, open } = await setUp();
    const id = await send("ada@example.com", { html: "<p>A secret</p>" });
    const page = await open();
    await page.goto(stranger.url);
    for (const path of [
      "/mailbox",
      "/mailbox.json",
      `/mailbox/mails/${id}`,
      `/mailbox/mails/${id}/html`,
    ]) {
      const outcomes = await page.evaluate(async (url) => {
        const read = await fetch(url).then(
          () => "read",
          () => "refused",
        );
        const embedded = await fetch(url, { mode: "no-cors" }).then(
          () => "embedded",
          () => "refused",
        );
        return [read, embedded];
      }, `${mail.url}${path}`);
      expect(outcomes, path).toEqual(["refused", "refused"]);
      await page.evaluate((url) => {
        document.body.innerHTML = `<iframe src="${url}"></iframe>`;
        return new Promise((resolve) => (document.querySelector("iframe")!.onload = resolve));
      }, `${mail.url}${path}`);
      const framed = await page.frames()[1]?.content();
      expect(framed, path).not.toContain("secret");
      expect(framed, path).not.toContain("Search by address");
    }
  });
});
