/** The mailbox as a page for people and as JSON for tests. */
import { createHash } from "node:crypto";
import { json } from "../http/routes.ts";
import type { HttpReply, HttpRequest, Route } from "../http/routes.ts";
import { addressKey } from "./addresses.ts";
import type { MailServer } from "./mail.ts";
import { lastEvent } from "./outcomes.ts";
import type { MailRecord } from "./records.ts";

const SHOWN = 200;

export const mailboxRoutes: Route<MailServer>[] = [
  { method: "GET", path: "/mailbox", handle: showMailbox },
  { method: "GET", path: "/mailbox.json", handle: listMails },
];

const SCRIPT = `
setInterval(async () => {
  try {
    const text = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    const shown = document.querySelector("main");
    if (fresh && fresh.innerHTML !== shown.innerHTML && getSelection().isCollapsed) shown.replaceWith(fresh);
  } catch {}
}, 2000);
`;

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e3e6ea, #2e3338); --soft: light-dark(#5b6570, #9aa4ae); --card: light-dark(#fff, #1b1f23); --accent: light-dark(#b45309, #fbbf24); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f5f6f8, #111417); color: light-dark(#15191d, #e8ecf0); }
header, main { max-width: 40rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.25rem; }
p { margin: 0; }
header p, .to, time { color: var(--soft); font-size: .875rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin-bottom: .75rem; overflow-wrap: anywhere; }
article h2 { font-size: 1rem; margin: 0; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.code { font: 600 2rem/1.2 ui-monospace, monospace; letter-spacing: .2em; margin: .5rem 0; user-select: all; }
a { color: var(--accent); }
.empty { text-align: center; color: var(--soft); padding: 3rem 0; }
`;

const SENT_AT: Intl.DateTimeFormatOptions = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
};

const SOURCES = `default-src 'none'; style-src 'sha256-${digest(STYLE)}'; script-src 'sha256-${digest(SCRIPT)}'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

function showMailbox({ mailbox }: MailServer, { query }: HttpRequest): HttpReply {
  const mails = mailbox.newest(SHOWN, query.get("to")?.trim());
  const empty = `<p class="empty">No e-mails yet. Codes and invitations appear here by themselves.</p>`;
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox · Sunup on this machine</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Mailbox</h1>
<p>E-mails that Sunup would send. Nothing leaves this machine.</p>
</header>
<main aria-live="polite">${mails.map(article).join("") || empty}</main>
<script>${SCRIPT}</script>
</body>
</html>`;
  return {
    status: 200,
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": SOURCES },
    body,
  };
}

/** `?to=` keeps those to one address, exactly. */
function listMails({ mailbox, now }: MailServer, { query }: HttpRequest): HttpReply {
  const to = query.get("to");
  const address = to === null ? "" : ` ${addressKey(to)} `;
  return json(
    mailbox
      .newest(SHOWN, address)
      .filter((mail) => to === null || isRecipient(mail, to))
      .map((mail) => {
        const { html, text } = mailbox.get(mail.id)?.content ?? { html: null, text: null };
        return {
          id: mail.id,
          source: mail.source,
          from: mail.from,
          to: mail.to,
          cc: mail.cc,
          bcc: mail.bcc,
          reply_to: mail.replyTo,
          subject: mail.subject,
          html,
          text,
          tags: mail.tags,
          headers: mail.headers,
          code: mail.code,
          link: mail.links[0] ?? null,
          links: mail.links,
          last_event: lastEvent(mail, now()),
          created_at: new Date(mail.createdAt).toISOString(),
        };
      }),
  );
}

function isRecipient({ to, cc, bcc }: MailRecord, address: string): boolean {
  return [...to, ...cc, ...bcc].some((one) => addressKey(one) === addressKey(address));
}

function article({ to, subject, preview, code, links, createdAt }: MailRecord): string {
  const sent = new Date(createdAt);
  const [link] = links;
  return `<article>
<div class="row"><h2>${escape(subject)}</h2><time datetime="${sent.toISOString()}">${escape(sent.toLocaleString("en-GB", SENT_AT))}</time></div>
<p class="to">to ${escape(to.join(", "))}</p>
${code ? `<p class="code">${escape(code)}</p>` : ""}
<p>${escape(preview)}</p>
${link ? `<p><a href="${escape(link)}">${escape(new URL(link).origin + new URL(link).pathname)}</a></p>` : ""}
</article>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function digest(source: string): string {
  return createHash("sha256").update(source).digest("base64");
}
