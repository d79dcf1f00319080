/** Where every mail of the local stack ends up: those of the product and those of Clerk. */
import { randomUUID } from "node:crypto";
import { addressKey } from "./addresses.ts";
import type { EmailInput } from "./emailInput.ts";
import { linksIn } from "./links.ts";
import type { ContentRecord, MailEvent, MailRecord } from "./records.ts";
import type { MailStore } from "./store.ts";

const KEPT_MAILS = 2_000;
const PREVIEW_LENGTH = 140;

export interface NewMail extends EmailInput {
  source: MailRecord["source"];
  code: string | null;
  /** What happens to it, in order, and when. */
  events: { type: MailEvent; at: number }[];
}

export class Mailbox {
  readonly #store: MailStore;
  readonly #now: () => number;

  constructor(store: MailStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Keeps a mail, within the caller's transaction if there is one. */
  deliver(mail: NewMail): MailRecord {
    const { html, text, attachments, ...rest } = mail;
    const id = randomUUID();
    const people = [...mail.to, ...mail.cc, ...mail.bcc, mail.from];
    const record: MailRecord = {
      ...rest,
      id,
      messageId: `<${id}@mail.local>`,
      addresses: ` ${people.map(addressKey).join(" ")} `,
      preview: previewOf(text ?? ""),
      links: linksIn(html, text),
      createdAt: this.#now(),
    };
    this.#store.transaction(() => {
      this.#store.mails.put(record);
      this.#store.contents.put({ id, html, text, attachments });
      this.#store.mails.keepNewest(KEPT_MAILS);
      this.#store.contents.keepNewest(KEPT_MAILS);
    });
    return record;
  }

  get(id: string): { mail: MailRecord; content: ContentRecord } | null {
    const mail = this.#store.mails.get(id);
    const content = this.#store.contents.get(id);
    return mail && content ? { mail, content } : null;
  }

  /** The newest mails first; with `part`, those from or to an address that has this text in it. */
  newest(limit: number, part = ""): MailRecord[] {
    if (part === "") return this.#store.mails.newest(limit);
    return this.#store.mails.newest(limit, { field: "addresses", contains: part });
  }
}

function previewOf(text: string): string {
  return text
    .slice(0, 4 * PREVIEW_LENGTH)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, PREVIEW_LENGTH);
}
