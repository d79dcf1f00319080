import { leadFormPolicy } from "../contentSecurityPolicy.ts";
import type { ServerEnv } from "../env.ts";
import { readLimited } from "../readLimited.ts";
import {
  type AnswerField,
  leadFormAnswers,
  MAX_SENDING_BYTES,
  SENDING_OUTCOMES,
  type SendingOutcome,
} from "./answers.ts";
import { sealHeaders, type Sending } from "./handOver.ts";
import * as pages from "./page.ts";
import { isSealOf, sealOf } from "./seal.ts";

/**
 * A campaign's public form: plain pages of the Next server, without a script, a cookie or a
 * session, so that they can stand in a frame on the installer's own site. What keeps machines out:
 * a field that people do not see, a form that is sealed when it is handed out and can be sent only
 * after a few seconds, and the limits of convex/model/leadForm.ts. Next server only.
 */

/** A person needs longer than this between opening the form and sending it. */
const MIN_FILL_MS = 3_000;
/** A form that stood open for longer is handed out anew, with what was typed. */
const MAX_FILL_MS = 24 * 60 * 60_000;

const CONVEX_TIMEOUT_MS = 10_000;

export type FormDoor = {
  env: Pick<ServerEnv, "CLERK_WEBHOOK_SIGNING_SECRET" | "NEXT_PUBLIC_CONVEX_SITE_URL">;
  /** Whose form it is, or null when it takes no requests. */
  show: (token: string) => Promise<{ companyName: string } | null>;
  /** Milliseconds. */
  now: () => number;
};

/** GET: the form, thanks after a sending, or that it is not available. */
export async function showForm(request: Request, token: string, door: FormDoor): Promise<Response> {
  const offer = await offerOf(token, door);
  if (offer === "trouble") return page(503, pages.troublePage);
  if (offer === null) return page(404, pages.unavailablePage);
  if (new URL(request.url).searchParams.has("sent")) {
    return page(200, (nonce) => pages.thanksPage(offer.companyName, nonce));
  }
  return await form(200, token, door, { ...offer, values: {}, errors: {}, problem: null });
}

/**
 * POST: takes what somebody sent. Answers 303 to the thanks, so that loading the page again sends
 * nothing twice; otherwise the form again with what was typed and what is wrong.
 */
export async function takeSending(
  request: Request,
  token: string,
  door: FormDoor,
): Promise<Response> {
  const offer = await offerOf(token, door);
  if (offer === "trouble") return page(503, pages.troublePage);
  if (offer === null) return page(404, pages.unavailablePage);
  const body = await readLimited(request, MAX_SENDING_BYTES);
  const sent = new URLSearchParams(body === null ? "" : new TextDecoder().decode(body));
  if (sent.get(pages.TRAP_FIELD)) return thanks();

  const values = Object.fromEntries(
    FIELD_NAMES.map((name) => [name, sent.get(name) ?? ""]),
  ) as Record<AnswerField, string>;
  const again = (status: number, problem: string, errors = {}) =>
    form(status, token, door, { ...offer, values, errors, problem });
  if (body === null) return await again(413, "That is more than we can take. Please shorten it.");

  const parsed = leadFormAnswers.safeParse(values);
  if (!parsed.success) {
    const errors: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
    return await again(422, "Please check what is marked below.", errors);
  }
  const problem = await problemOf(sent, token, door);
  if (problem !== null) return await again(422, problem);

  const sending = sent.get("sending") ?? "";
  const visitor = await visitorOf(request, door);
  const outcome = await handOver({ token, answers: parsed.data, sending, visitor }, door);
  // The same sending: when it did arrive and only the answer was lost, it counts once.
  const retry = (status: number, problem: string) =>
    form(status, token, door, { ...offer, values, errors: {}, problem }, sending);
  switch (outcome) {
    case "received":
      return thanks();
    case "unavailable":
      return await page(404, pages.unavailablePage);
    case "tooMany":
      return await retry(
        429,
        "Too many requests came in just now. Please try again in ten minutes.",
      );
    case "full":
      return await retry(
        503,
        `${offer.companyName} cannot take requests through this form at the moment. Please contact them directly: your request was not sent.`,
      );
    case null:
      return await retry(503, "Your request could not be sent. Please try again in a minute.");
  }
}

const FIELD_NAMES = ["name", "email", "phone", "address", "message"] as const;

async function offerOf(token: string, { show }: FormDoor) {
  try {
    return await show(token);
  } catch (error) {
    console.error(`Lead form: ${error instanceof Error ? error.name : "unknown reason"}.`);
    return "trouble" as const;
  }
}

/** Why a form that was sent is not one that a person was handed and filled in, or null. */
async function problemOf(sent: URLSearchParams, token: string, { env, now }: FormDoor) {
  const [opened, sending, seal] = pages.HIDDEN_FIELDS.map((name) => sent.get(name) ?? "") as [
    string,
    string,
    string,
  ];
  const text = stamp(token, opened, sending);
  const age = now() - Number(opened);
  const ours = await isSealOf(env.CLERK_WEBHOOK_SIGNING_SECRET, text, seal);
  if (!ours || age > MAX_FILL_MS) return "The form was open for too long. Please send it again.";
  if (age < MIN_FILL_MS) return "That was very quick. Please check your entries, then send again.";
  return null;
}

async function form(
  status: number,
  token: string,
  { env, now }: FormDoor,
  view: Omit<pages.FormView, "hidden">,
  sending: string = crypto.randomUUID(),
): Promise<Response> {
  const opened = String(now());
  const seal = await sealOf(env.CLERK_WEBHOOK_SIGNING_SECRET, stamp(token, opened, sending));
  const hidden = { opened, sending, seal };
  return page(status, (nonce) => pages.formPage({ ...view, hidden }, nonce));
}

function stamp(token: string, opened: string, sending: string): string {
  return `form\n${token}\n${opened}\n${sending}`;
}

/** Gives Convex what was sent. Null when it could not be given, or Convex did not take it. */
async function handOver(sending: Sending, { env, now }: FormDoor): Promise<SendingOutcome | null> {
  const body = JSON.stringify(sending);
  try {
    const convex = await fetch(`${env.NEXT_PUBLIC_CONVEX_SITE_URL}/webhooks/leadForm`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(await sealHeaders(env.CLERK_WEBHOOK_SIGNING_SECRET, body, now())),
      },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(CONVEX_TIMEOUT_MS),
    });
    const { outcome } = (await convex.json()) as { outcome?: SendingOutcome };
    if (convex.ok && outcome && SENDING_OUTCOMES.includes(outcome)) return outcome;
    console.error(`Lead form: Convex answered ${convex.status}.`);
  } catch (error) {
    console.error(`Lead form: ${error instanceof Error ? error.name : "unknown reason"}.`);
  }
  return null;
}

/**
 * Stands for the sender's address, for the limits. The address itself is not kept, and its stand-in
 * is another one every day. The proxy in front of this server writes the last address of the list;
 * those before it are the sender's own claims.
 */
async function visitorOf(request: Request, { env, now }: FormDoor): Promise<string | undefined> {
  const address = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  if (!address) return undefined;
  const day = new Date(now()).toISOString().slice(0, 10);
  const seal = await sealOf(env.CLERK_WEBHOOK_SIGNING_SECRET, `visitor\n${day}\n${address}`);
  return seal.slice(0, 32);
}

function thanks(): Response {
  return new Response(null, {
    status: 303,
    headers: { location: "?sent=1", "cache-control": "no-store" },
  });
}

function page(status: number, body: (nonce: string) => string): Response {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  return new Response(body(nonce), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": leadFormPolicy(nonce),
    },
  });
}
