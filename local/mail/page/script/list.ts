// The list of the mails, newest first, which keeps itself up to date.

import type { MailSummary } from "../../mailboxRoutes.ts";
import { byId, copyButton, make } from "./dom.ts";
import { chosenId, showOutcome } from "./reader.ts";
import { EVENT_WORDS, isFine } from "./words.ts";

const POLL_MS = 1_000;

const search = byId("search") as HTMLInputElement;
const status = byId("status");
const list = byId("list");
const empty = byId("empty");

/** The rows by the id of their mail, so that what is shown already stays as it is, focus included. */
const rows = new Map<string, { row: HTMLLIElement; event: string }>();
let etag = "";
let asked = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks for the list, shows what changed, and asks again after a while. */
export async function refresh(): Promise<void> {
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
  if (open) showOutcome(open.last_event);
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
      !isFine(mail.last_event) &&
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

/** Marks the row of the mail that is open. */
export function markChosen(): void {
  for (const [id, { row }] of rows) row.classList.toggle("open", id === chosenId());
}

search.addEventListener("input", () => {
  etag = "";
  void refresh();
});
