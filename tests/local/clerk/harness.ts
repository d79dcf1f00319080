/** What the local Clerk's tests share: an instance of one's own, a browser's manners, an app that hears webhooks. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ClerkOptions, LocalClerk } from "../../../local/clerk/server.ts";
import { startClerk } from "../../../local/clerk/server.ts";
import { startMail } from "../../../local/mail/server.ts";

export const APP_URL = "http://localhost:4251";

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "clerk-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A local Clerk that stops after the test, with a clock the test can move. */
export async function startTestClerk(options: Partial<ClerkOptions> = {}) {
  const clock = { ahead: 0, pass: (ms: number) => (clock.ahead += ms) };
  const dataDir = options.dataDir ?? temporaryFolder();
  const mail = await startMail({
    port: 0,
    dataDir: join(dataDir, "mail"),
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
  });
  onTestFinished(() => mail.close());
  const clerk = await startClerk({
    port: 0,
    dataDir,
    appUrl: APP_URL,
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    webhookRetryScheduleMs: [0],
    now: () => Date.now() + clock.ahead,
    sendMail: (sent) => mail.deliver(sent),
    onLog: () => undefined,
    ...options,
  });
  onTestFinished(() => clerk.close());
  return { clerk: { ...clerk, mailboxUrl: mail.mailboxUrl }, clock };
}

export interface ClerkAnswer {
  status: number;
  headers: Headers;
  /** The JSON body; for an error, its only entry is `error`. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  response: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  client: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  error: { code: string; long_message: string; meta: { param_name?: string } } | undefined;
}

/** Talks to the Frontend API as clerk-js does: GET and POST only, urlencoded, with cookies. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(clerk: LocalClerk, headers: Record<string, string> = {}) {
    this.#url = clerk.url;
    this.#headers = headers;
  }

  get = (path: string): Promise<ClerkAnswer> => this.#send("GET", path);
  post = (path: string, fields = {}): Promise<ClerkAnswer> => this.#send("POST", path, fields);
  patch = (path: string, fields = {}): Promise<ClerkAnswer> => this.#send("PATCH", path, fields);
  delete = (path: string): Promise<ClerkAnswer> => this.#send("DELETE", path, {});

  async #send(
    method: string,
    path: string,
    fields?: Record<string, unknown>,
  ): Promise<ClerkAnswer> {
    const url = new URL(`${this.#url}/v1${path}`);
    if (method !== "GET" && method !== "POST") url.searchParams.set("_method", method);
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields ?? {})) {
      body.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    const answer = await fetch(url, {
      method: method === "GET" ? "GET" : "POST",
      body: method === "GET" ? undefined : body,
      redirect: "manual",
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...this.#headers,
      },
    });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    const text = await answer.text();
    const json = text === "" ? null : JSON.parse(text);
    return {
      status: answer.status,
      headers: answer.headers,
      body: json,
      response: json?.response,
      client: json?.client,
      error: json?.errors?.[0],
    };
  }

  #keep(cookie: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (!name) return;
    if (/Max-Age=0\b/.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value ?? "");
  }
}

/** A local Clerk whose mails can be read. */
export type ClerkWithMailbox = LocalClerk & { mailboxUrl: string };

export interface Mail {
  to: string[];
  subject: string;
  text: string;
  code: string | null;
  link: string | null;
}

/** The mails to this address, newest first. */
export async function mailsTo(clerk: ClerkWithMailbox, to: string): Promise<Mail[]> {
  const answer = await fetch(`${clerk.mailboxUrl}.json?to=${encodeURIComponent(to)}`);
  return (await answer.json()) as Mail[];
}

/** The code in the newest mail to this address. */
export async function codeFor(clerk: ClerkWithMailbox, to: string): Promise<string> {
  return (await mailsTo(clerk, to))[0]?.code ?? "no code";
}

export const PASSWORD = "correct horse battery";

/** Signs up with a `+clerk_test` address. */
export async function signUp(
  browser: TestBrowser,
  email: string,
  fields: Record<string, unknown> = {},
): Promise<ClerkAnswer> {
  const { response } = await browser.post("/client/sign_ups", {
    email_address: email,
    password: PASSWORD,
    ...fields,
  });
  await browser.post(`/client/sign_ups/${response.id}/prepare_verification`, {
    strategy: "email_code",
  });
  return browser.post(`/client/sign_ups/${response.id}/attempt_verification`, {
    strategy: "email_code",
    code: "424242",
  });
}

/** A sign-up that has just been sent its code. */
export async function startSignUp(
  browser: TestBrowser,
  email: string,
): Promise<(code: string) => Promise<ClerkAnswer>> {
  const { response } = await browser.post("/client/sign_ups", {
    email_address: email,
    password: PASSWORD,
  });
  const path = `/client/sign_ups/${response.id}`;
  await browser.post(`${path}/prepare_verification`, { strategy: "email_code" });
  return (code) => browser.post(`${path}/attempt_verification`, { strategy: "email_code", code });
}

export interface Heard {
  id: string;
  type: string;
  data: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  headers: Record<string, string>;
  body: string;
  status: number;
}

/** An app that hears webhooks, answers with the given statuses in turn (the last one for good), and stops after the test. */
export async function startWebhookReceiver(...statuses: number[]) {
  const heard: Heard[] = [];
  const answers = statuses.length > 0 ? statuses : [200];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const event = JSON.parse(body || "{}") as { type: string; data: unknown };
      const status = answers[Math.min(heard.length, answers.length - 1)] ?? 200;
      const headers = request.headers as Record<string, string>;
      heard.push({ id: headers["svix-id"] ?? "", headers, body, status, ...event });
      answer.writeHead(status, status === 301 ? { Location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    heard,
    ofType: (type: string) => heard.filter((event) => event.type === type),
  };
}
