/** What the hosted pages have in common: the frame, the look, and headers that let nothing else in. */
import { createHash } from "node:crypto";
import type { HttpReply } from "../../http/routes.ts";
import { html, Html } from "./html.ts";

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#dfe3e8, #30363d); --soft: light-dark(#57616b, #a3adb7); --card: light-dark(#fff, #1a1f25); --accent: light-dark(#4338ca, #a5b4fc); --on-accent: light-dark(#fff, #15191d); --bad: light-dark(#b42318, #ff9b8f); --good: light-dark(#14713d, #7ddba3); --wait: light-dark(#8a5a00, #f5c563); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f4f6f8, #101418); color: light-dark(#15191d, #e8ecf0); overflow-wrap: break-word; }
.strip { background: light-dark(#fef3c7, #3b2f0b); color: light-dark(#713f12, #fde68a); text-align: center; padding: .375rem 1rem; font-size: .875rem; font-weight: 600; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main.wide { max-width: 76rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1.0625rem; margin: 0 0 .75rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin-bottom: 1rem; }
section > :last-child, form > :last-child { margin-bottom: 0; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.price { font-size: 2rem; font-weight: 700; line-height: 1.2; margin: 0; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .25rem 1rem; }
.row > * { margin: 0; }
.notice, .alert { border: 1px solid; border-radius: .5rem; padding: .625rem .875rem; }
.notice { color: var(--good); }
.alert { color: var(--bad); }
label { display: block; font-size: .875rem; font-weight: 600; margin-bottom: .75rem; }
input, select { display: block; width: 100%; margin-top: .25rem; padding: .625rem .75rem; font: inherit; font-weight: 400; color: inherit; background: light-dark(#fff, #12161b); border: 1px solid light-dark(#8a939c, #6b7580); border-radius: .5rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .75rem; }
button, .button { font: inherit; font-weight: 600; cursor: pointer; border-radius: .5rem; padding: .625rem 1rem; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); }
button.quiet { background: none; color: var(--accent); }
button.full { width: 100%; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; color: var(--accent); font-weight: 600; }
details { margin-bottom: .75rem; }
details > summary { padding: .25rem 0; }
details[open] > summary { margin-bottom: .5rem; }
.cards { display: grid; gap: .375rem; margin: 0; padding: 0; list-style: none; }
.cards button { width: 100%; text-align: left; font-weight: 400; padding: .375rem .75rem; }
code, .mono { font: .875em/1.5 ui-monospace, monospace; }
pre { overflow: auto; font: .8125rem/1.5 ui-monospace, monospace; margin: 0; max-height: 40rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; }
td.number, th.number { text-align: right; padding-right: 0; }
td.text { white-space: normal; }
.badge { display: inline-block; border: 1px solid; border-radius: 1rem; padding: 0 .5rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.inline { display: inline; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 1rem; align-items: start; }
.columns > section { min-width: 0; }
@media print { .strip, nav, form { display: none; } }
`;

const SCRIPT = `
for (const button of document.querySelectorAll("button[data-card]")) {
  button.addEventListener("click", () => {
    const fields = button.closest("form").elements;
    fields.number.value = button.dataset.card;
    fields.expiry.value ||= "12 / 34";
    fields.cvc.value ||= "123";
    fields.name.value ||= "Test Person";
    button.closest("form").querySelector("[data-submit]").focus();
  });
}
`;

const digest = (source: string): string => createHash("sha256").update(source).digest("base64");
const SOURCES = `default-src 'none'; style-src 'sha256-${digest(STYLE)}'; script-src 'sha256-${digest(SCRIPT)}'; base-uri 'none'; frame-ancestors 'none'`;

export interface Page {
  title: string;
  body: Html;
  status?: number;
  /** For tables. */
  wide?: boolean;
  /** Where an answer to a form of this page may send the browser, beside this server. */
  formsLeadTo?: (string | null)[];
}

export function renderPage({ title, body, status = 200, wide, formsLeadTo = [] }: Page): HttpReply {
  const targets = formsLeadTo.filter((url) => url !== null).map((url) => new URL(url).origin);
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Local Stripe</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<div class="strip">Local Stripe – no real money</div>
<main${wide && new Html(' class="wide"')}>${body}</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>`;
  return {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `${SOURCES}; form-action ${["'self'", ...targets].join(" ")}`,
      // The addresses of these pages are secrets.
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    },
    body: document.text,
  };
}

/** A page with one sentence. */
export function sentencePage(status: number, title: string, sentence: string): HttpReply {
  return renderPage({
    status,
    title,
    body: html`<section>
      <h1>${title}</h1>
      <p>${sentence}</p>
    </section>`,
  });
}

export function redirect(to: string): HttpReply {
  return { status: 303, headers: { Location: to } };
}

const TONES: Record<string, string> = {
  ...{ active: "good", paid: "good", delivered: "good", complete: "good", trialing: "good" },
  ...{ past_due: "bad", unpaid: "bad", failed: "bad", incomplete: "bad", uncollectible: "bad" },
  ...{ open: "wait", pending: "wait", draft: "wait" },
};

export function badge(status: string | null): Html {
  const text = (status ?? "").replaceAll("_", " ");
  return html`<span class="badge ${TONES[status ?? ""] ?? "soft"}">${text}</span>`;
}

/** A day, as "7 December 2026". */
export function day(seconds: number): string {
  return format(seconds, { day: "numeric", month: "long", year: "numeric" });
}

/** A day, as "7 Dec 2026". */
export function shortDay(seconds: number): string {
  return format(seconds, { day: "numeric", month: "short", year: "numeric" });
}

/** A moment, as "7 Dec 2026, 14:05". */
export function moment(seconds: number): string {
  return format(seconds, {
    ...({ day: "numeric", month: "short", year: "numeric" } as const),
    ...({ hour: "2-digit", minute: "2-digit" } as const),
  });
}

function format(seconds: number, options: Intl.DateTimeFormatOptions): string {
  return new Date(seconds * 1000).toLocaleString("en-GB", { ...options, timeZone: "UTC" });
}
