/** Reads a mail as `POST /emails` takes it, and refuses what Resend would refuse, in its words. */
import { bareAddress } from "./addresses.ts";
import { invalidField, missingField, ResendError } from "./errors.ts";
import type { Attachment, Tag } from "./records.ts";

export interface EmailInput {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: Tag[];
  attachments: Attachment[];
}

const MAX_RECIPIENTS = 50;
/** Of an attachment's content, in base64: 40 MB for the whole mail. */
const MAX_ATTACHMENTS_LENGTH = 40 * 1024 * 1024;
const MAX_TAG_LENGTH = 256;
/** What Resend can do and the local mail server cannot. */
const NOT_HERE = ["scheduled_at", "template", "topic_id"];

/** Throws a ResendError (422) that names the first field that is missing or wrong. */
export function readEmail(body: unknown): EmailInput {
  if (!isObject(body)) throw invalidField("The request body must be a JSON object.");
  for (const field of NOT_HERE) {
    if (body[field] !== undefined && body[field] !== null) {
      throw invalidField(`The local mail server does not support the \`${field}\` field.`);
    }
  }
  const from = readAddresses(body, "from");
  if (from.length !== 1) throw missingField("Missing `from` field.");
  const to = readAddresses(body, "to");
  if (to.length === 0) throw missingField("Missing `to` field.");
  if (to.length > MAX_RECIPIENTS) {
    throw invalidField(`The \`to\` field can have at most ${MAX_RECIPIENTS} addresses.`);
  }
  const subject = readText(body, "subject");
  if (subject === null) throw missingField("Missing `subject` field.");
  if (/[\r\n]/.test(subject))
    throw invalidField("The `\\n` is not allowed in the `subject` field.");
  const html = readText(body, "html") || null;
  const text = readText(body, "text") || null;
  if (html === null && text === null) throw missingField("Missing `html` or `text` field.");
  return {
    from: from[0] ?? "",
    to,
    cc: readAddresses(body, "cc"),
    bcc: readAddresses(body, "bcc"),
    replyTo: readAddresses(body, "reply_to"),
    subject,
    html,
    text,
    headers: readHeaders(body["headers"]),
    tags: readTags(body["tags"]),
    attachments: readAttachments(body["attachments"]),
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readText(body: Record<string, unknown>, field: string): string | null {
  const value = body[field] ?? null;
  if (value !== null && typeof value !== "string") {
    throw invalidField(`The \`${field}\` field must be a string.`);
  }
  return value;
}

function readAddresses(body: Record<string, unknown>, field: string): string[] {
  const given = body[field] ?? [];
  const addresses: unknown[] = Array.isArray(given) ? given : [given];
  return addresses.map((address) => {
    if (typeof address === "string" && bareAddress(address) !== null) return address;
    throw invalidField(
      `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
    );
  });
}

function readHeaders(given: unknown): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) throw invalidField("The `headers` field must be an object.");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string" || !/^[\w-]+$/.test(name) || /[\r\n]/.test(value)) {
      throw invalidField("The `headers` field must map header names to strings of one line.");
    }
    headers[name] = value;
  }
  return headers;
}

function readTags(given: unknown): Tag[] {
  const tags: unknown = given ?? [];
  if (!Array.isArray(tags)) throw invalidField("The `tags` field must be an array.");
  return tags.map((tag: unknown) => {
    const { name, value } = isObject(tag) ? tag : {};
    if (typeof name !== "string" || typeof value !== "string" || name === "") {
      throw invalidField("Each of the `tags` needs a `name` and a `value`.");
    }
    for (const part of [name, value]) {
      if (!/^[\w-]*$/.test(part)) {
        throw invalidField(
          "Tags should only contain ASCII letters, numbers, underscores, or dashes.",
        );
      }
      if (part.length > MAX_TAG_LENGTH) {
        throw invalidField(`Tags can have at most ${MAX_TAG_LENGTH} characters.`);
      }
    }
    return { name, value };
  });
}

function readAttachments(given: unknown): Attachment[] {
  const attachments: unknown = given ?? [];
  if (!Array.isArray(attachments)) throw invalidField("The `attachments` field must be an array.");
  const read = attachments.map((attachment: unknown) => {
    const { filename, content, content_type: type } = isObject(attachment) ? attachment : {};
    if (typeof content !== "string" || !/^[A-Za-z0-9+/\s]*={0,2}$/.test(content)) {
      throw invalidAttachment("An attachment needs its `content` in base64; nothing is fetched.");
    }
    if (typeof filename !== "string" || filename === "") {
      throw invalidAttachment("An attachment needs a `filename`.");
    }
    const contentType = typeof type === "string" ? type : "application/octet-stream";
    return { filename, contentType, content };
  });
  if (read.reduce((sum, { content }) => sum + content.length, 0) > MAX_ATTACHMENTS_LENGTH) {
    throw invalidAttachment("The attachments of a mail can have at most 40 MB together.");
  }
  return read;
}

const invalidAttachment = (message: string): ResendError =>
  new ResendError(422, "invalid_attachment", message);
