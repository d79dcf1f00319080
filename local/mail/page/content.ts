/** What a mail brings along, shown so that it can do no harm: it comes from whoever had it sent. */
import type { HttpReply } from "../../http/routes.ts";
import type { Attachment } from "../records.ts";

/** No script, no form, nothing from anywhere else; its links open in a tab of their own. */
const HTML_POLICY = [
  "sandbox allow-popups allow-popups-to-escape-sandbox",
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join("; ");

const DOCTYPE = /^\s*(?:<!doctype[^>]*>)?/i;

/**
 * No policy keeps a browser from connecting to the server of `<link rel=preconnect>` or of a frame, so
 * these become elements that mean nothing: for a link another empty one that may stand in the head.
 */
function withoutConnections(html: string): string {
  return html.replace(/<link/gi, "<meta").replace(/<(\/?)(i?frame)/gi, "<$1blocked-$2");
}

/** The HTML of a mail as a document of its own, for the page's frame. */
export function htmlReply(html: string): HttpReply {
  return {
    status: 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": HTML_POLICY,
      "X-DNS-Prefetch-Control": "off",
    },
    body: withoutConnections(html).replace(
      DOCTYPE,
      (found) => `${found.trim() || "<!doctype html>"}<base target="_blank">`,
    ),
  };
}

/** An attachment to be saved, never shown. */
export function attachmentReply({ filename, content }: Attachment): HttpReply {
  const name = encodeURIComponent(filename.toWellFormed()).replace(/['()*]/g, percentEncoded);
  return {
    status: 200,
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename*=UTF-8''${name}`,
      "Content-Security-Policy": "sandbox; default-src 'none'",
    },
    body: Buffer.from(content, "base64"),
  };
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
