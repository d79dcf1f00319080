import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type BrowserContext } from "@playwright/test";
import { api } from "../../../convex/_generated/api.js";
import type { Company } from "../support/test.ts";

export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** A request as it is written here: no path is tidied up, no header is added or held back. */
export function rawRequest(
  base: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawAnswer> {
  const { method = "GET", headers = {}, body } = options;
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    sent.once("error", reject).end(body);
  });
}

/** What a browser adds to a request that another site's page makes. */
export const FROM_ANOTHER_SITE = {
  origin: "https://evil.example",
  referer: "https://evil.example/",
  "sec-fetch-site": "cross-site",
  "sec-fetch-mode": "no-cors",
};

/**
 * Signs a browser in without a page: the cookies are those of the form, without waiting for it. The
 * second request comes back from Clerk's hand-shake with the session's cookie.
 */
export async function signInQuietly(context: BrowserContext, company: Company): Promise<void> {
  const { email, password } = company;
  const form = { identifier: email, password };
  const answer = await context.request.post("/__clerk/v1/client/sign_ins", { form });
  expect(answer.status()).toBe(200);
  const asPage = { accept: "text/html", "sec-fetch-dest": "document" };
  const page = await context.request.get("/dashboard", { headers: asPage });
  expect(new URL(page.url()).pathname).toBe("/dashboard");
}

/** A browser's cookies as a request header. */
export async function cookieHeader(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** All that a company's own people can see, as text: to show that nothing changed. */
export async function worldOf(company: Company): Promise<string> {
  const client = await company.convex();
  const page = { paginationOpts: { numItems: 100, cursor: null } };
  return JSON.stringify([
    await client.query(api.members.me, {}),
    await client.query(api.members.list, page),
    await client.query(api.projects.list, page),
  ]);
}

/** The attacker's own site, at another port of this machine. */
export async function evilSite(html: string): Promise<{ port: number; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end(`<!doctype html>${html}`);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
