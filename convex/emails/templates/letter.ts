import type { ReactElement } from "react";
import type { EmailKind, EmailMessage } from "../../tables/emails";

/** What a template makes of its data; frame.tsx puts it into Sunup's frame. */
export type Letter = {
  /** One line; user input in it is made one line by the renderer. */
  subject: string;
  /** What a mailbox shows beside the subject. */
  preview: string;
  /** Why the recipient gets this mail, for the small print. */
  because: string;
  body: ReactElement;
};

export type DataOf<Kind extends EmailKind> = Extract<EmailMessage, { kind: Kind }>["data"];

/** Makes a letter of one kind. `appUrl` is the app's address, without a slash at the end. */
export type Template<Kind extends EmailKind> = (data: DataOf<Kind>, appUrl: string) => Letter;
