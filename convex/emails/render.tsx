import { toPlainText } from "@react-email/render";
import { renderToStaticMarkup } from "react-dom/server.edge";
import type { EmailMessage } from "../tables/emails";
import { Frame } from "./templates/frame";
import { TEMPLATES } from "./templates";
import type { Template } from "./templates/letter";
import { name } from "./templates/words";

export type RenderedEmail = { subject: string; html: string; text: string };

const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/**
 * The mail that a message makes, as HTML and as text. The same message always makes the
 * same mail, or Resend would refuse a second attempt under the first one's key.
 */
export function renderEmail({ kind, data }: EmailMessage, appUrl: string): RenderedEmail {
  const template = TEMPLATES[kind] as Template<typeof kind>;
  const letter = template(withSafeNames(data) as never, appUrl);
  const html = DOCTYPE + renderToStaticMarkup(<Frame letter={letter} appUrl={appUrl} />);
  return { subject: letter.subject, html, text: toPlainText(html, TEXT_OPTIONS) };
}

const TEXT_OPTIONS = {
  wordwrap: 78,
  selectors: [{ selector: "h1", options: { uppercase: false } }],
};

/** Every text of a message but its addresses is something that a person typed. */
function withSafeNames<Data extends EmailMessage["data"]>(data: Data): Data {
  const safe = Object.entries(data).map(([field, value]: [string, unknown]) => [
    field,
    typeof value === "string" && !field.endsWith("Url") ? name(value) : value,
  ]);
  return Object.fromEntries(safe) as Data;
}
