// The chosen mail. It is named in the address after the #, so that "back" leads back to the list.

import type { MailSummary, WholeMail } from "../../mailboxRoutes.ts";
import { byId, copyButton, make } from "./dom.ts";
import { EVENT_WORDS } from "./words.ts";

const reader = byId("reader");

export const chosenId = (): string => location.hash.slice(1);
/** What became of the chosen mail. */
const outcome = make("dd");

export function showOutcome(event: MailSummary["last_event"]): void {
  outcome.textContent = EVENT_WORDS[event];
}

export async function showChosen(): Promise<void> {
  const id = chosenId();
  document.body.classList.toggle("reading", id !== "");
  if (id === "") {
    reader.replaceChildren(hint("Choose an e-mail to read it."));
    return;
  }
  const answer = await fetch(`/mailbox/mails/${encodeURIComponent(id)}`).catch(() => null);
  if (id !== chosenId()) return;
  const content = answer?.ok
    ? mailView((await answer.json()) as WholeMail)
    : [make("div", { className: "head" }, backButton(), hint("This e-mail is not here."))];
  if (id !== chosenId()) return;
  reader.replaceChildren(...content);
  reader.scrollTop = 0;
  reader.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

const hint = (textContent: string): HTMLElement => make("p", { className: "hint", textContent });

function backButton(): HTMLButtonElement {
  const back = make("button", { type: "button", className: "back", textContent: "← All e-mails" });
  back.addEventListener("click", () => (location.hash = ""));
  return back;
}

function mailView(mail: WholeMail): Node[] {
  const people: [string, string[]][] = [
    ["From", [mail.from]],
    ["To", mail.to],
    ["Cc", mail.cc],
    ["Bcc", mail.bcc],
    ["Reply to", mail.reply_to],
    ["Sent", [new Date(mail.created_at).toLocaleString()]],
  ];
  showOutcome(mail.last_event);
  const facts = definitions(people.map(([name, values]) => [name, values.join(", ")]));
  facts.append(make("dt", { textContent: "Outcome" }), outcome);
  const views = bodyViews(mail);
  const head = make(
    "div",
    { className: "head" },
    backButton(),
    make("h2", { textContent: mail.subject || "(no subject)" }),
    facts,
    mail.code !== null && codeToCopy(mail.code),
    ...linksToCopy(mail.links),
    attachmentLinks(mail),
    technicalDetails(mail),
    views.buttons,
  );
  return [head, views.body];
}

function definitions(entries: [string, string][]): HTMLDListElement {
  const filled = entries.filter(([, text]) => text !== "");
  return make(
    "dl",
    {},
    ...filled.flatMap(([name, text]) => [
      make("dt", { textContent: name }),
      make("dd", { textContent: text }),
    ]),
  );
}

function codeToCopy(code: string): HTMLElement {
  const shown = make("span", { className: "code", textContent: code });
  return make("div", { className: "give" }, shown, copyButton(code, `Copy the code ${code}`));
}

/** The first link is the one that matters; the others stay folded away. */
function linksToCopy(links: string[]): HTMLElement[] {
  const [first, ...others] = links.map((url) =>
    make(
      "div",
      { className: "give" },
      make("a", { href: url, target: "_blank", rel: "noopener noreferrer", textContent: url }),
      copyButton(url, "Copy the link"),
    ),
  );
  if (!first) return [];
  if (others.length === 0) return [first];
  const summary = `${others.length} more ${others.length === 1 ? "link" : "links"}`;
  return [first, make("details", {}, make("summary", { textContent: summary }), ...others)];
}

function attachmentLinks({ id, attachments }: WholeMail): HTMLElement | null {
  if (attachments.length === 0) return null;
  const entries = attachments.map(({ filename, size }, number): [string, Node] => [
    `${Math.ceil(size / 1024)} kB`,
    make("a", {
      href: `/mailbox/mails/${id}/attachments/${number}`,
      download: filename,
      textContent: filename,
    }),
  ]);
  return make(
    "dl",
    { ariaLabel: "Attachments" },
    ...entries.flatMap(([size, link]) => [make("dt", { textContent: size }), make("dd", {}, link)]),
  );
}

function technicalDetails({ tags, headers }: WholeMail): HTMLElement | null {
  const entries: [string, string][] = [
    ...tags.map(({ name, value }): [string, string] => [`tag ${name}`, value]),
    ...Object.entries(headers),
  ];
  if (entries.length === 0) return null;
  const summary = make("summary", { textContent: "Tags and headers" });
  return make("details", {}, summary, definitions(entries));
}

/** The HTML in a frame that may do nothing, the text as text, and buttons when there are both. */
function bodyViews({ id, html, text }: WholeMail): { buttons: HTMLElement | null; body: Node } {
  const views: [string, () => HTMLElement][] = [];
  if (html !== null) views.push(["HTML", () => htmlFrame(id)]);
  if (text !== null) views.push(["Text", () => make("pre", { textContent: text })]);
  const body = make("div", { className: "body" });
  const buttons = views.map(([name, show]) => {
    const button = make("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      for (const other of buttons) other.ariaPressed = String(other === button);
      body.replaceChildren(show());
    });
    return button;
  });
  buttons[0]?.click();
  return {
    buttons: buttons.length > 1 ? make("div", { className: "views" }, ...buttons) : null,
    body,
  };
}

function htmlFrame(id: string): HTMLIFrameElement {
  const frame = make("iframe", { title: "The e-mail as HTML" });
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.src = `/mailbox/mails/${id}/html`;
  return frame;
}
