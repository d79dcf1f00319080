import { pick } from "convex-helpers";
import { contactForm, type ContactForm, identityKeys } from "../../lib/contacts";
import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { NewRow, ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { FIRST_PLACE } from "./contactLinks";
import { contactsLike, refreshMatches } from "./contactMatches";
import { parseOrInvalid } from "./invalid";

/** A person's form, and the organization they belong to. */
export type NewContact = ContactForm & { organizationId?: Id<"organizations"> };

/** What is absent stays; a null organization is none. */
export type ContactChange = Partial<ContactForm> & { organizationId?: Id<"organizations"> | null };

/** A contact as lists show it. */
export function listItem(contact: Doc<"contacts">) {
  return pick(contact, [
    ...(["_id", "name", "email", "phone", "address", "organizationId"] as const),
    ...(["state", "updatedAt"] as const),
  ]);
}

/** Throws INVALID, NOT_FOUND (organization). */
export async function createContact(
  db: ScopedWriter,
  member: Doc<"members">,
  { organizationId, ...form }: NewContact,
  now: number,
): Promise<Id<"contacts">> {
  const fields = parseOrInvalid(contactForm, form);
  const contact = {
    ...fields,
    ...derivedFrom(fields),
    organizationId,
    state: "active" as const,
    createdBy: member._id,
    updatedAt: now,
  };
  const contactId = await db.insert("contacts", contact);
  await refreshMatches(db, null, contact);
  return contactId;
}

/**
 * The contact of this e-mail address or telephone number; where there is none, a new one. For
 * a lead that becomes a project. Of several, the one of the address, then the oldest.
 */
export async function contactFor(
  db: ScopedWriter,
  member: Doc<"members">,
  person: NewContact,
  now: number,
): Promise<Id<"contacts">> {
  const [known] = await contactsLike(db, identityKeys(person));
  return known?._id ?? (await createContact(db, member, person, now));
}

/** Throws NOT_FOUND, INVALID, CONFLICT (not in the lists). */
export async function updateContact(
  ctx: TenantWriteCtx,
  contactId: Id<"contacts">,
  { organizationId, ...form }: ContactChange,
  now: number,
): Promise<void> {
  const contact = await activeContactX(ctx.db, contactId);
  const fields = parseOrInvalid(contactForm.partial(), form);
  const organization =
    organizationId === undefined ? {} : { organizationId: organizationId ?? undefined };
  await changeContact(ctx, contact, { ...fields, ...organization, updatedAt: now });
}

/** Takes a contact out of the lists or brings it back; twice changes nothing. Throws NOT_FOUND, CONFLICT (merged). */
export async function setArchived(
  ctx: TenantWriteCtx,
  contactId: Id<"contacts">,
  archived: boolean,
  now: number,
): Promise<void> {
  const contact = await ctx.db.getX("contacts", contactId);
  if (contact.state === "merged") throw sunupError("CONFLICT", { message: MERGED });
  const state = archived ? "archived" : "active";
  if (contact.state === state) return;
  const archivedAt = archived ? now : undefined;
  await changeContact(ctx, contact, { state, archivedAt, updatedAt: now });
}

/**
 * The one place that changes a contact's row: what is derived from its fields, the list of
 * possible duplicates and what is linked to it follow.
 */
export async function changeContact(
  ctx: TenantWriteCtx,
  contact: Doc<"contacts">,
  change: Partial<NewRow<"contacts">>,
): Promise<void> {
  const changed = { ...contact, ...change };
  const after = { ...changed, ...derivedFrom(changed) };
  await ctx.db.patch("contacts", contact._id, { ...change, ...derivedFrom(changed) });
  await refreshMatches(ctx.db, contact, after);
  if (contact.organizationId === after.organizationId) return;
  await ctx.schedule.after(0, internal.contactLinks.follow, {
    contactId: contact._id,
    place: FIRST_PLACE,
  });
}

/** A contact that work may be linked to. Throws NOT_FOUND, CONFLICT (archived or merged). */
export async function activeContactX(
  db: ScopedReader,
  contactId: Id<"contacts">,
): Promise<Doc<"contacts">> {
  const contact = await db.getX("contacts", contactId);
  if (contact.state === "merged") throw sunupError("CONFLICT", { message: MERGED });
  if (contact.state === "archived") {
    throw sunupError("CONFLICT", { message: "This contact is archived. Restore it first." });
  }
  return contact;
}

const MERGED = "This contact became part of another one. Open that one instead.";

/** What a row keeps beside what was typed, for order, search and recognition. */
function derivedFrom(fields: Pick<Doc<"contacts">, "name" | "email" | "phone">) {
  const { emailKey, phoneKey } = identityKeys(fields);
  return {
    emailKey,
    phoneKey,
    sortName: fields.name.toLowerCase(),
    searchText: [fields.name, fields.email, fields.phone, phoneKey].filter(Boolean).join(" "),
  };
}
