import type { Mailbox } from "./mailbox.ts";

/** An e-mail of Clerk's own: a code or an invitation. */
export interface ClerkMail {
  to: string;
  subject: string;
  text: string;
  code: string | null;
  link: string | null;
}

const SENDER = "Sunup sign-in <sign-in@sunup.example>";

/** Puts a mail of Clerk's into the mailbox. It does not go through Resend, so nothing is told to the app. */
export function deliverClerkMail(mailbox: Mailbox, mail: ClerkMail, now: number): void {
  const { to, subject, text, code, link } = mail;
  mailbox.deliver({
    source: "clerk",
    from: SENDER,
    to: [to],
    cc: [],
    bcc: [],
    replyTo: [],
    subject,
    html: null,
    text: link === null ? text : `${text}\n\n${link}`,
    headers: {},
    tags: [],
    attachments: [],
    code,
    events: [{ type: "delivered", at: now }],
  });
}
