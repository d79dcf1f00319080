import type { ActivityKind } from "../../lib/activity";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";
import type { AuditActor } from "./audit";

/** Leaves a line in a project's timeline, in the transaction of what it tells about. */
export async function recordActivity(
  db: ScopedWriter,
  line: {
    projectId: Id<"projects">;
    kind: ActivityKind;
    actor: AuditActor;
    subject?: string;
    changes?: Doc<"projectActivity">["changes"];
    reason?: string;
  },
): Promise<void> {
  await db.insert("projectActivity", { changes: [], ...line });
}
