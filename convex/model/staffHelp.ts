import type { Doc } from "../_generated/dataModel";
import type { AssistedCtx, SystemCtx } from "../tenancy/functions";
import type { Visit } from "../tenancy/visit";
import { recordAudit } from "./audit";
import { recordStaffAction } from "./staffAudit";

/** What staff changed in a company with one call. */
type Help = { changes: Doc<"auditLog">["changes"]; audited: boolean };

/**
 * Tells what staff in an entry changed: in the platform's trail always, in the company's when the
 * change left no line of its own there. In the transaction of the change.
 */
export async function recordHelp(
  platform: SystemCtx["platform"],
  { db, tenant, actor }: Pick<AssistedCtx, "db" | "tenant" | "actor">,
  { staff, entry: { reason } }: Visit,
  { changes, audited }: Help,
): Promise<void> {
  if (changes.length === 0 && !audited) return;
  await recordStaffAction({ platform }, staff, {
    action: "company.changed",
    tenant: tenant._id,
    subject: tenant.name,
    changes,
    reason,
  });
  if (audited) return;
  await recordAudit(
    { db },
    { action: "support.changed", actor, subject: tenant.name, changes, reason },
  );
}
