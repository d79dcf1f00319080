import { pick } from "convex-helpers";
import { companyForm, type CompanyForm, type Licence } from "../../lib/company";
import { sunupError } from "../../lib/errors";
import { DEFAULT_TIME_ZONE } from "../../lib/timeZones";
import type { Doc, Id } from "../_generated/dataModel";
import type { Claim } from "../tables/files";
import type { AssistedCtx, MemberCtx } from "../tenancy/functions";
import type { NewRow, ScopedReader } from "../tenancy/scopedDb";
import { actorOf, changesBetween, memberIdOf, recordAudit } from "./audit";
import { parseOrInvalid } from "./invalid";

const FORM_FIELDS = [
  "address",
  "phone",
  "website",
  "licences",
  "timeZone",
] satisfies (keyof CompanyForm)[];

/** A profile before anything was said. */
export const NOTHING_SAID: NewRow<"companyProfiles"> = {
  address: "",
  phone: "",
  website: "",
  licences: [],
  timeZone: DEFAULT_TIME_ZONE,
  revision: 0,
};

/** The company's profile, or null before the first save. */
export async function profileOf(db: ScopedReader): Promise<Doc<"companyProfiles"> | null> {
  return await db.query("companyProfiles").withIndex("by_tenant").unique();
}

/** Where the company's days begin: a name of the IANA time zone database. */
export async function timeZoneOf(db: ScopedReader): Promise<string> {
  return (await profileOf(db))?.timeZone ?? DEFAULT_TIME_ZONE;
}

/** The profile as its form shows it, with who saved it last. */
export async function profileForm(db: ScopedReader, tenant: Doc<"tenants">) {
  const profile = (await profileOf(db)) ?? NOTHING_SAID;
  return {
    name: tenant.name,
    revision: profile.revision,
    ...pick(profile, FORM_FIELDS),
    ...(await lastChange(db, profile)),
    logo: await logoOf(db, profile),
  };
}

/**
 * Saves the form. Throws STALE when somebody else saved since `revision`, INVALID.
 * Saving what is there already changes nothing.
 */
export async function saveProfile(
  { db, actor, tenant, patchTenant }: AssistedCtx,
  revision: number,
  form: CompanyForm,
  now: number,
): Promise<void> {
  const { name, ...fields } = parseOrInvalid(companyForm, form);
  const profile = await profileOf(db);
  const before = profile ?? NOTHING_SAID;
  if (before.revision !== revision) throw sunupError("STALE");

  const changes = changesBetween(
    readable({ name: tenant.name, ...pick(before, FORM_FIELDS) }),
    readable({ name, ...fields }),
  );
  if (changes.length === 0) return;
  const change = {
    ...fields,
    revision: revision + 1,
    changedBy: memberIdOf(actor),
    changedAt: now,
  };
  if (profile === null) await db.insert("companyProfiles", change);
  else await db.patch("companyProfiles", profile._id, change);
  if (name !== tenant.name) await patchTenant({ name });
  await recordAudit({ db }, { action: "company.updated", actor, subject: name, changes });
}

/**
 * Puts an uploaded file in the place of the logo `replaces`, which is removed. Throws
 * STALE when that is no longer the logo, NOT_FOUND; answers with a refusal of the file.
 */
export async function setLogo(
  ctx: MemberCtx,
  {
    replaces,
    ...upload
  }: {
    uploadId: Id<"fileUploads">;
    storageId: Id<"_storage">;
    replaces: Id<"files"> | null;
  },
  now: number,
): Promise<Claim> {
  await requireLogo(ctx.db, replaces);
  const claim = await ctx.files.claim("logo", upload, now);
  if ("fileId" in claim) await changeLogo(ctx, replaces, claim.fileId);
  return claim;
}

/** Removes the logo for good. Throws STALE when it is no longer the logo. */
export async function removeLogo(ctx: MemberCtx, fileId: Id<"files">): Promise<void> {
  await requireLogo(ctx.db, fileId);
  await changeLogo(ctx, fileId, null);
}

async function requireLogo(db: ScopedReader, expected: Id<"files"> | null): Promise<void> {
  // A foreign id is not found, like an unknown one, before it is compared.
  if (expected !== null) await db.getX("files", expected);
  const profile = await profileOf(db);
  if ((profile?.logoId ?? null) !== expected) throw sunupError("STALE");
}

async function changeLogo(
  { db, files, member, tenant }: MemberCtx,
  from: Id<"files"> | null,
  to: Id<"files"> | null,
): Promise<void> {
  const profile = await profileOf(db);
  const logoId = to ?? undefined;
  if (profile === null) await db.insert("companyProfiles", { ...NOTHING_SAID, logoId });
  else await db.patch("companyProfiles", profile._id, { logoId });
  const before = from && (await db.getX("files", from)).name;
  const after = to && (await db.getX("files", to)).name;
  if (from !== null) await files.remove(from);
  await recordAudit(
    { db },
    {
      action: "company.updated",
      actor: actorOf(member),
      subject: tenant.name,
      changes: [{ field: "logo", before: before ?? "", after: after ?? "" }],
    },
  );
}

async function logoOf(db: ScopedReader, { logoId }: { logoId?: Id<"files"> }) {
  if (logoId === undefined) return null;
  return pick(await db.getX("files", logoId), ["_id", "name"]);
}

async function lastChange(
  db: ScopedReader,
  { changedBy, changedAt }: { changedBy?: Id<"members">; changedAt?: number },
) {
  const member = changedBy && (await db.get("members", changedBy));
  return { changedByName: member?.name, changedAt };
}

/** Licences as a person would write them: "CA 123456". */
function readable({ licences, ...fields }: CompanyForm) {
  return { ...fields, licences: licences.map(licenceText) };
}

function licenceText({ state, number }: Licence): string {
  return `${state} ${number}`;
}
