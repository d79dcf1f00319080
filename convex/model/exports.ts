import { sunupError } from "../../lib/errors";
import type { Doc } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";
import { logSecurity } from "../tenancy/securityLog";
import { actorOf, recordAudit } from "./audit";

/**
 * Records that a member took a list away as a file: in the company's trail, and for security, which
 * alerts when there are unusually many. Throws INVALID.
 */
export async function auditExport(
  { db, member }: { db: ScopedWriter; member: Doc<"members"> },
  action: "projects.exported" | "audit.exported",
  what: string,
  rows: number,
): Promise<void> {
  if (!Number.isSafeInteger(rows) || rows < 0) throw sunupError("INVALID");
  const subject = `${rows} ${what}`;
  await recordAudit({ db }, { action, actor: actorOf(member), subject });
  const { tenantId, _id: memberId } = member;
  logSecurity({ type: "export", what, rows, tenantId, memberId });
}
