/** Resend's API for e-mails: send one, send many, read one. */
import { json } from "../http/routes.ts";
import type { HttpReply, HttpRequest, Params, Route } from "../http/routes.ts";
import { HANG_UP } from "../http/server.ts";
import { isSameSecret } from "../storage/secrets.ts";
import { addressKey } from "./addresses.ts";
import { readEmail } from "./emailInput.ts";
import type { EmailInput } from "./emailInput.ts";
import { invalidField, ResendError } from "./errors.ts";
import type { MailServer } from "./mail.ts";
import { eventsFor, lastEvent, reasonFor } from "./outcomes.ts";
import type { MailRecord } from "./records.ts";

type Reply = HttpReply | typeof HANG_UP;

interface Call {
  server: MailServer;
  request: HttpRequest;
  params: Params;
  /** The time that a slow call takes. */
  wait(): Promise<void>;
}

const MAX_BATCH = 100;
/** Time between two events of a mail: a real one is not delivered in the moment in which it is sent. */
const EVENT_SPACING_MS = 250;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const emailRoutes: Route<MailServer, Reply>[] = [
  apiRoute("POST", "/emails", sendOne),
  apiRoute("POST", "/emails/batch", sendBatch),
  apiRoute("GET", "/emails/:id", getOne),
];

/** A route of Resend's API: it fails when it is told to, and asks for the key. */
function apiRoute(
  method: string,
  path: string,
  answer: (call: Call) => Promise<unknown>,
): Route<MailServer, Reply> {
  const handle = async (server: MailServer, request: HttpRequest, params: Params) => {
    const { hangUp, wait } = server.failures.takeCall();
    if (hangUp === "before") return HANG_UP;
    requireKey(server, request);
    const value = await answer({ server, request, params, wait });
    return hangUp === "after" ? HANG_UP : json(value);
  };
  return { method, path, handle };
}

function requireKey({ apiKey }: MailServer, { headers }: HttpRequest): void {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (given === undefined) {
    throw new ResendError(401, "missing_api_key", "Missing API key in the authorization header.");
  }
  if (!isSameSecret(given, apiKey)) {
    throw new ResendError(403, "invalid_api_key", "API key is invalid.");
  }
}

async function sendOne({ server, request, wait }: Call): Promise<unknown> {
  const email = readEmail(readJson(request));
  return server.idempotency.once(request, () => ({ id: accept(server, email).id }), wait);
}

async function sendBatch({ server, request, wait }: Call): Promise<unknown> {
  const given = readJson(request);
  if (!Array.isArray(given) || given.length === 0) {
    throw invalidField("The request body must be an array of e-mails.");
  }
  if (given.length > MAX_BATCH) {
    throw invalidField(`A batch can have at most ${MAX_BATCH} e-mails.`);
  }
  const isPermissive = request.headers["x-batch-validation"] === "permissive";
  const emails: EmailInput[] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, entry] of given.entries()) {
    try {
      emails.push(readEmail(entry));
    } catch (error) {
      if (!isPermissive || !(error instanceof ResendError)) throw error;
      errors.push({ index, message: error.message });
    }
  }
  const work = () => {
    const data = emails.map((email) => ({ id: accept(server, email).id }));
    return isPermissive ? { data, errors } : { data };
  };
  return server.idempotency.once(request, work, wait);
}

/** Keeps the mail and queues what the app is told about it. */
function accept({ mailbox, webhooks, now }: MailServer, email: EmailInput): MailRecord {
  const acceptedAt = now();
  const recipients = [...email.to, ...email.cc, ...email.bcc].map(addressKey);
  const events = eventsFor(recipients).map((type, i) => ({
    type,
    at: acceptedAt + (i + 1) * EVENT_SPACING_MS,
  }));
  const mail = mailbox.deliver({ ...email, source: "resend", code: null, events });
  for (const { type, at } of events) {
    const event = {
      type: `email.${type}`,
      created_at: new Date(at).toISOString(),
      data: {
        created_at: new Date(mail.createdAt).toISOString(),
        email_id: mail.id,
        message_id: mail.messageId,
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        ...(mail.tags.length > 0 && {
          tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])),
        }),
        ...reasonFor(type),
      },
    };
    webhooks.enqueue(event.type, event, { delayMs: at - acceptedAt });
  }
  return mail;
}

async function getOne({ server, params, wait }: Call): Promise<unknown> {
  const id = params["id"] ?? "";
  if (!UUID.test(id)) {
    throw new ResendError(422, "invalid_parameter", "The `id` must be a valid UUID.");
  }
  await wait();
  const found = server.mailbox.get(id);
  if (found?.mail.source !== "resend") {
    throw new ResendError(404, "not_found", "Email not found");
  }
  const { mail, content } = found;
  const orNull = (list: string[]) => (list.length > 0 ? list : null);
  return {
    object: "email",
    id: mail.id,
    message_id: mail.messageId,
    from: mail.from,
    to: mail.to,
    cc: orNull(mail.cc),
    bcc: orNull(mail.bcc),
    reply_to: orNull(mail.replyTo),
    subject: mail.subject,
    html: content.html,
    text: content.text,
    tags: mail.tags,
    created_at: new Date(mail.createdAt).toISOString(),
    scheduled_at: null,
    last_event: lastEvent(mail, server.now()),
  };
}

function readJson({ body }: HttpRequest): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidField("The request body is not valid JSON.");
  }
}
