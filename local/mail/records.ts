/** What the local mail server keeps. Times are milliseconds since 1970. */

/** What became of a mail, in Resend's words for the last event of an e-mail. */
export type MailEvent =
  "sent" | "delivered" | "bounced" | "complained" | "delivery_delayed" | "suppressed" | "failed";

export interface Tag {
  name: string;
  value: string;
}

/** A mail as the list of the mailbox shows it. */
export interface MailRecord {
  id: string;
  /** Clerk's mails are in the mailbox as well, but not in Resend's API. */
  source: "resend" | "clerk";
  /** The Message-ID header. */
  messageId: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  headers: Record<string, string>;
  tags: Tag[];
  /** Everybody's bare address in lower case, recipients first, between spaces: for the search. */
  addresses: string;
  preview: string;
  /** A one-time code in the mail, when the sender says so. */
  code: string | null;
  /** Where the mail leads; the first is the one that matters. */
  links: string[];
  /** What happens to it and when; see outcomes.ts. */
  events: { type: MailEvent; at: number }[];
  createdAt: number;
}

export interface Attachment {
  filename: string;
  contentType: string;
  /** Base64. */
  content: string;
}

/** The large part of a mail, under the mail's id. */
export interface ContentRecord {
  id: string;
  html: string | null;
  text: string | null;
  attachments: Attachment[];
}

/** The answer to a request with an idempotency key, which is the record's id. */
export interface AnswerRecord {
  id: string;
  /** Of the request, to tell a repetition from another request under the same key. */
  requestHash: string;
  answer: unknown;
  createdAt: number;
}
