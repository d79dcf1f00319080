import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { NOTHING_SAID, profileOf } from "./company";
import type { AuditActor } from "./audit";
import { changesBetween, recordAudit } from "./audit";

/** Whether Sunup's staff wait for an administrator's consent before they come in. */
export async function consentRequired(db: ScopedReader): Promise<boolean> {
  return (await profileOf(db))?.supportConsent ?? false;
}

/** Says whether they do; twice changes nothing. */
export async function setConsentRequired(
  db: ScopedWriter,
  actor: AuditActor,
  companyName: string,
  required: boolean,
): Promise<void> {
  const profile = await profileOf(db);
  if ((profile?.supportConsent ?? false) === required) return;
  if (profile === null)
    await db.insert("companyProfiles", { ...NOTHING_SAID, supportConsent: required });
  else await db.patch("companyProfiles", profile._id, { supportConsent: required });
  const said = (is: boolean) => ({ "consent before support enters": is ? "needed" : "not needed" });
  await recordAudit(
    { db },
    {
      action: "support.consentChanged",
      actor,
      subject: companyName,
      changes: changesBetween(said(!required), said(required)),
    },
  );
}
