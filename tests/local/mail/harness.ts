/** What the tests of the local mail server share: a server of one's own, the real client, an app that hears webhooks. */
import { Resend } from "resend";
import { onTestFinished } from "vitest";
import type { LocalMail, MailOptions } from "../../../local/mail/server.ts";
import { startMail } from "../../../local/mail/server.ts";
import { temporaryFolder } from "../clerk/harness.ts";

export const FROM = "Sunup <hello@sunup.example>";

/** A mail server that stops after the test, with a clock the test can move. */
export async function startTestMail(options: Partial<MailOptions> = {}) {
  const clock = { ahead: 0, pass: (ms: number) => (clock.ahead += ms) };
  const mail = await startMail({
    port: 0,
    dataDir: options.dataDir ?? temporaryFolder(),
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    webhookRetryScheduleMs: [0],
    now: () => Date.now() + clock.ahead,
    onLog: () => undefined,
    ...options,
  });
  const close = once(() => mail.close());
  onTestFinished(close);
  return { mail: { ...mail, close }, clock, resend: clientOf(mail) };
}

/** A test may close its server itself, to start another on the same folder. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => (closed ??= close());
}

/** Resend's own client, pointed at the local server. */
export function clientOf({ url, apiKey }: Pick<LocalMail, "url" | "apiKey">, key = apiKey): Resend {
  return new Resend(key, { baseUrl: url });
}

export interface MailboxEntry {
  id: string;
  source: string;
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  code: string | null;
  links: string[];
  last_event: string;
}

/** What the mailbox holds, newest first; with `to`, for that address. */
export async function mailboxOf({ mailboxUrl }: LocalMail, to?: string): Promise<MailboxEntry[]> {
  const query = to === undefined ? "" : `?to=${encodeURIComponent(to)}`;
  const answer = await fetch(`${mailboxUrl}.json${query}`);
  return (await answer.json()) as MailboxEntry[];
}

/** Throws a switch of the server's failures. */
export async function control({ url }: LocalMail, body: unknown): Promise<Response> {
  return await fetch(`${url}/__control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
