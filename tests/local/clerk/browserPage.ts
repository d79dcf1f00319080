/**
 * A page with the real clerk-js and its interface, in the real Chromium, on an origin of its own. The
 * page reaches the local Clerk the way the app's pages do: through Clerk's own same-origin proxy code.
 */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { clerkFrontendApiProxy } from "@clerk/backend/proxy";
import { chromium } from "@playwright/test";
import type { BrowserContext, Page } from "@playwright/test";
import { onTestFinished } from "vitest";
import type { LocalClerk } from "../../../local/clerk/server.ts";
import { startTestClerk } from "./harness.ts";

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const hasChromium = existsSync(CHROMIUM);

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts Clerk, the page's server and Chromium; all stop after the test. */
export async function startBrowserSetup() {
  const pages = createServer();
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://localhost:${(pages.address() as AddressInfo).port}`;
  const { clerk, clock } = await startTestClerk({ appUrl });
  pages.on("request", (request, answer) => void servePage(clerk, appUrl, request, answer));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  onTestFinished(async () => {
    await browser.close();
    pages.closeAllConnections();
    pages.close();
  });
  const foreignRequests: string[] = [];
  return {
    clerk,
    clock,
    appUrl,
    /** Every request of every page that left this machine. */
    foreignRequests,
    /** A browser with no memory of any other. */
    async newBrowser(): Promise<BrowserContext> {
      const context = await browser.newContext();
      context.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "localhost")
          foreignRequests.push(request.url());
      });
      return context;
    },
    /** Opens the page and waits until clerk-js has loaded. */
    async open(context: BrowserContext): Promise<Page> {
      const page = await context.newPage();
      await page.goto(appUrl);
      await page.waitForFunction(() => (window as unknown as PageWindow).Clerk?.loaded);
      return page;
    },
  };
}

/** What the tests use of clerk-js on the page. */
export interface PageWindow {
  Clerk?: {
    loaded: boolean;
    user: { id: string; primaryEmailAddress: { emailAddress: string } } | null;
    session: { id: string; getToken(options?: object): Promise<string | null> } | null;
    client: Record<string, never>;
    setActive(options: object): Promise<void>;
    signOut(): Promise<void>;
    mountSignUp(node: unknown): void;
    mountSignIn(node: unknown): void;
    mountUserProfile(node: unknown, options: object): void;
  };
}

async function servePage(
  clerk: LocalClerk,
  appUrl: string,
  request: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  if (request.url?.startsWith("/__clerk/")) return proxy(clerk, appUrl, request, answer);
  answer.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<div id="root"></div>
<script src="/__clerk/npm/@clerk/ui@1/dist/ui.browser.js" crossorigin></script>
<script src="/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js" crossorigin
  data-clerk-publishable-key="${clerk.publishableKey}" data-clerk-proxy-url="${appUrl}/__clerk"></script>
<script type="module">
  await Clerk.load({ ui: { ClerkUI: __internal_ClerkUICtor }, telemetry: false });
</script>`);
}

async function proxy(
  clerk: LocalClerk,
  appUrl: string,
  request: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const proxied = await clerkFrontendApiProxy(
    new Request(new URL(request.url ?? "/", appUrl), {
      method: request.method,
      headers: request.headers as Record<string, string>,
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    }),
    {
      proxyPath: "/__clerk",
      publishableKey: clerk.publishableKey,
      secretKey: clerk.secretKey,
      fapiUrl: clerk.url,
    },
  );
  const headers: Record<string, string | string[]> = Object.fromEntries(proxied.headers);
  headers["set-cookie"] = proxied.headers.getSetCookie();
  answer.writeHead(proxied.status, headers).end(Buffer.from(await proxied.arrayBuffer()));
}
