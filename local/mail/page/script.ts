// The script of the mailbox's page. It runs in the browser, so it imports nothing but types.

import type { MailSummary, WholeMail } from "../mailboxRoutes.ts";

const POLL_MS = 1_000;
const EVENT_WORDS: Record<MailSummary["last_event"], string> = {
  queued: "Being sent",
  sent: "Sent",
  delivered: "Delivered",
  bounced: "Bounced",
  complained: "Marked as spam",
  delivery_delayed: "Delayed",
  suppressed: "Suppressed",
  failed: "Not sent",
};
const FINE = ["queued", "sent", "delivered"];

const search = byId("search") as HTMLInputElement;
const status = byId("status");
const list = byId("list");
const empty = byId("empty");
const reader = byId("reader");

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no #${id}.`);
  return found;
}

type Child = Node | string | null | false;

/** An element; text goes in as text, whatever it says. */
function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

function copyButton(text: string, label: string): HTMLButtonElement {
  const button = make("button", { type: "button", textContent: "Copy", ariaLabel: label });
  const say = (word: string, aloud: string) =>
    Object.assign(button, { textContent: word, ariaLabel: aloud });
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(text).then(
      () => say("Copied", "Copied"),
      () => say("Not copied", "Not copied"),
    );
    setTimeout(() => say("Copy", label), 2_000);
  });
  return button;
}

function sentAt(createdAt: string): HTMLTimeElement {
  const date = new Date(createdAt);
  const isToday = date.toDateString() === new Date().toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { day: "numeric", month: "short" };
  return make("time", {
    dateTime: createdAt,
    title: date.toLocaleString(),
    textContent: date.toLocaleString(undefined, {
      ...day,
      hour: "2-digit",
      minute: "2-digit",
    }),
  });
}

// The list.

/** The rows by the id of their mail, so that what is shown already stays as it is, focus included. */
const rows = new Map<string, { row: HTMLLIElement; event: string }>();
let etag = "";
let asked = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks for the list, shows what changed, and asks again after a while. */
async function refresh(): Promise<void> {
  clearTimeout(timer);
  const turn = (asked += 1);
  const answer = await askForList();
  // A later question has been asked meanwhile, as when somebody types.
  if (turn !== asked) return;
  if (!document.hidden) timer = setTimeout(() => void refresh(), POLL_MS);
  status.classList.toggle("offline", answer === "none");
  if (answer === "none") {
    etag = "";
    status.textContent = "Sunup does not answer. Trying again …";
  } else if (answer !== "unchanged") {
    etag = answer.etag;
    showList(answer.mails, answer.limit);
  }
}

type List = { mails: MailSummary[]; limit: number; etag: string };

async function askForList(): Promise<List | "unchanged" | "none"> {
  const url = `/mailbox/mails?search=${encodeURIComponent(search.value)}`;
  try {
    // The browser's own cache would hide the 304.
    const answer = await fetch(url, { cache: "no-store", headers: { "If-None-Match": etag } });
    if (answer.status === 304) return "unchanged";
    if (!answer.ok) return "none";
    const list = (await answer.json()) as Omit<List, "etag">;
    return { ...list, etag: answer.headers.get("ETag") ?? "" };
  } catch {
    return "none";
  }
}

function showList(mails: MailSummary[], limit: number): void {
  const shown = new Set(mails.map(({ id }) => id));
  for (const [id, { row }] of rows) {
    if (shown.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  let before: Element | null = null;
  for (const mail of mails) {
    const row = rowFor(mail);
    const place: Element | null = before ? before.nextElementSibling : list.firstElementChild;
    if (place !== row) list.insertBefore(row, place);
    before = row;
  }
  status.textContent =
    mails.length < limit
      ? `${mails.length} ${mails.length === 1 ? "e-mail" : "e-mails"}`
      : `The newest ${limit} e-mails; search to find older ones.`;
  showEmptiness(mails.length === 0);
  // What became of the open mail may have been found out since it was opened.
  const open = mails.find(({ id }) => id === chosenId());
  if (open) outcome.textContent = EVENT_WORDS[open.last_event];
}

function rowFor(mail: MailSummary): HTMLLIElement {
  const known = rows.get(mail.id);
  if (known?.event === mail.last_event) return known.row;
  const link = make(
    "a",
    { href: `#${mail.id}` },
    make("div", { className: "row" }, subjectOf(mail), sentAt(mail.created_at)),
    make(
      "div",
      { className: "row" },
      make("div", { className: "to", textContent: `to ${mail.to.join(", ")}` }),
      !FINE.includes(mail.last_event) &&
        make("span", { className: "event", textContent: EVENT_WORDS[mail.last_event] }),
    ),
    make("div", { className: "preview", textContent: mail.preview }),
  );
  const row = make(
    "li",
    { className: mail.id === chosenId() ? "open" : "" },
    link,
    mail.code !== null && copyButton(mail.code, `Copy the code ${mail.code}`),
  );
  known?.row.replaceWith(row);
  rows.set(mail.id, { row, event: mail.last_event });
  return row;
}

function subjectOf({ subject }: MailSummary): HTMLElement {
  return make("div", { className: "subject", textContent: subject || "(no subject)" });
}

function showEmptiness(isEmpty: boolean): void {
  empty.hidden = !isEmpty;
  if (!isEmpty) return;
  if (search.value.trim() === "") {
    empty.replaceChildren(
      make("strong", { textContent: "No e-mails yet" }),
      "Codes, invitations and whatever else Sunup sends appear here by themselves.",
    );
    return;
  }
  const clear = make("button", { type: "button", textContent: "Show all e-mails" });
  clear.addEventListener("click", () => {
    search.value = "";
    search.focus();
    void refresh();
  });
  empty.replaceChildren(
    make("strong", { textContent: "Nothing found" }),
    `No e-mail is from or to an address with “${search.value.trim()}” in it.`,
    make("div", {}, clear),
  );
}

// The chosen mail, named in the address after the #, so that "back" leads back to the list.

const chosenId = (): string => location.hash.slice(1);
/** What became of the chosen mail. */
const outcome = make("dd");

async function showChosen(): Promise<void> {
  const id = chosenId();
  for (const [rowId, { row }] of rows) row.classList.toggle("open", rowId === id);
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
  outcome.textContent = EVENT_WORDS[mail.last_event];
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

search.addEventListener("input", () => {
  etag = "";
  void refresh();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh();
});
window.addEventListener("hashchange", () => void showChosen());
void refresh();
void showChosen();
