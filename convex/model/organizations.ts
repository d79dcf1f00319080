import { organizationForm, type OrganizationForm } from "../../lib/contacts";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";
import { parseOrInvalid } from "./invalid";

/** Throws INVALID. */
export async function createOrganization(
  db: ScopedWriter,
  member: Doc<"members">,
  form: OrganizationForm,
  now: number,
): Promise<Id<"organizations">> {
  const fields = parseOrInvalid(organizationForm, form);
  return await db.insert("organizations", {
    ...fields,
    sortName: fields.name.toLowerCase(),
    archived: false,
    createdBy: member._id,
    updatedAt: now,
  });
}

/** Changes fields of the form; what is absent stays. Throws NOT_FOUND, INVALID. */
export async function updateOrganization(
  db: ScopedWriter,
  organizationId: Id<"organizations">,
  change: Partial<OrganizationForm>,
  now: number,
): Promise<void> {
  const organization = await db.getX("organizations", organizationId);
  const fields = parseOrInvalid(organizationForm.partial(), change);
  const sortName = (fields.name ?? organization.name).toLowerCase();
  await db.patch("organizations", organizationId, { ...fields, sortName, updatedAt: now });
}

/** Takes an organization out of the lists or brings it back; twice changes nothing. Throws NOT_FOUND. */
export async function setArchived(
  db: ScopedWriter,
  organizationId: Id<"organizations">,
  archived: boolean,
  now: number,
): Promise<void> {
  const organization = await db.getX("organizations", organizationId);
  if (organization.archived === archived) return;
  const archivedAt = archived ? now : undefined;
  await db.patch("organizations", organizationId, { archived, archivedAt, updatedAt: now });
}
