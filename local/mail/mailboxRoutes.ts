/** The mailbox: a page for people, JSON for that page and for tests. Everything is read-only. */
import { createHash } from "node:crypto";
import { HttpProblem } from "../http/problem.ts";
import { json } from "../http/routes.ts";
import type { Handler, HttpReply, HttpRequest, Params, Route } from "../http/routes.ts";
import { addressKey } from "./addresses.ts";
import type { MailServer } from "./mail.ts";
import { lastEvent } from "./outcomes.ts";
import { attachmentReply, htmlReply } from "./page/content.ts";
import { pageReply } from "./page/page.ts";
import type { MailRecord } from "./records.ts";

/** How many mails a list has at most. */
const MAX_LISTED = 200;

export const mailboxRoutes: Route<MailServer>[] = [
  route("/", () => ({ status: 302, headers: { Location: "/mailbox" } })),
  route("/mailbox", pageReply),
  route("/mailbox.json", listForTests),
  route("/mailbox/mails", listForPage),
  route("/mailbox/mails/:id", ({ now, mailbox }, _request, params) =>
    json(wholeMail(find({ mailbox }, params), now())),
  ),
  route("/mailbox/mails/:id/html", (server, _request, params) => {
    const { html } = find(server, params).content;
    if (html === null) throw nothingHere();
    return htmlReply(html);
  }),
  route("/mailbox/mails/:id/attachments/:number", (server, _request, params) => {
    const { attachments } = find(server, params).content;
    const attachment = attachments[Number(params["number"])];
    if (!attachment) throw nothingHere();
    return attachmentReply(attachment);
  }),
];

/** No page of another origin may read, embed or frame any of it, and no link tells where it was followed. */
function route(path: string, handle: Handler<MailServer>): Route<MailServer> {
  const guarded: Handler<MailServer> = async (server, request, params) => {
    const reply = await handle(server, request, params);
    return {
      ...reply,
      headers: {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        ...reply.headers,
      },
    };
  };
  return { method: "GET", path, handle: guarded };
}

const nothingHere = (): HttpProblem => new HttpProblem(404, "There is no such mail.");

type Found = NonNullable<ReturnType<MailServer["mailbox"]["get"]>>;

function find({ mailbox }: Pick<MailServer, "mailbox">, params: Params): Found {
  const found = mailbox.get(params["id"] ?? "");
  if (!found) throw nothingHere();
  return found;
}

/** `?search=` keeps those from or to an address that has this text in it. Unchanged, it answers 304. */
function listForPage({ mailbox, now }: MailServer, { query, headers }: HttpRequest): HttpReply {
  const mails = mailbox.newest(MAX_LISTED, query.get("search")?.trim());
  const reply = json({
    limit: MAX_LISTED,
    mails: mails.map((mail) => summary(mail, now())),
  });
  const etag = `"${createHash("sha256").update(String(reply.body)).digest("base64url")}"`;
  if (headers["if-none-match"] === etag) return { status: 304, headers: { ETag: etag } };
  return { ...reply, headers: { ...reply.headers, ETag: etag, "Cache-Control": "no-cache" } };
}

/** Whole mails; `?to=` keeps those to one address, exactly. */
function listForTests({ mailbox, now }: MailServer, { query }: HttpRequest): HttpReply {
  const to = query.get("to");
  const mails =
    to === null ? mailbox.newest(MAX_LISTED) : mailbox.newest(MAX_LISTED, ` ${addressKey(to)} `);
  return json(
    mails
      .filter((mail) => to === null || isRecipient(mail, to))
      .flatMap(({ id }) => mailbox.get(id) ?? [])
      .map((found) => wholeMail(found, now())),
  );
}

function isRecipient({ to, cc, bcc }: MailRecord, address: string): boolean {
  return [...to, ...cc, ...bcc].some((one) => addressKey(one) === addressKey(address));
}

export type MailSummary = ReturnType<typeof summary>;
export type WholeMail = ReturnType<typeof wholeMail>;

function summary(mail: MailRecord, now: number) {
  return {
    id: mail.id,
    source: mail.source,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    preview: mail.preview,
    code: mail.code,
    last_event: lastEvent(mail, now),
    created_at: new Date(mail.createdAt).toISOString(),
  };
}

function wholeMail({ mail, content }: Found, now: number) {
  return {
    ...summary(mail, now),
    cc: mail.cc,
    bcc: mail.bcc,
    reply_to: mail.replyTo,
    html: content.html,
    text: content.text,
    link: mail.links[0] ?? null,
    links: mail.links,
    tags: mail.tags,
    headers: mail.headers,
    attachments: content.attachments.map(({ filename, contentType, content: base64 }) => ({
      filename,
      content_type: contentType,
      size: Buffer.byteLength(base64, "base64"),
    })),
  };
}
