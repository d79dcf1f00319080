import type { ActivityKind } from "../../lib/activity";
import type { Doc } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";
import type { AuditActor } from "./audit";

/** Leaves a line in a project's timeline, in the transaction of what it tells about. */
export async function recordActivity(
  db: ScopedWriter,
  {
    project,
    ...line
  }: {
    project: Pick<Doc<"projects">, "_id" | "name">;
    kind: ActivityKind;
    actor: AuditActor;
    subject?: string;
    changes?: Doc<"projectActivity">["changes"];
    reason?: string;
  },
): Promise<void> {
  const { _id: projectId, name: projectName } = project;
  await db.insert("projectActivity", { projectId, projectName, changes: [], ...line });
}
