import type { StaffAction } from "../../lib/staff";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";

/** Who did it: staff, or nobody's account for what the command line did. */
type Doer = Pick<Doc<"staff">, "_id" | "name"> | null;

/** The name of the command line in the platform's trail. */
const COMMAND_LINE = "Command line";

/**
 * Leaves a line in the platform's trail, in the transaction of what it tells about. What is
 * done to a company is told in that company's own trail as well: by whoever does it, through
 * recordAudit with the actor that `staffActor` gives.
 */
export async function recordStaffAction(
  { platform }: Pick<SystemCtx, "platform">,
  doer: Doer,
  line: {
    action: StaffAction;
    tenant?: Id<"tenants">;
    /** The name of what it was done to. */
    subject: string;
    changes?: Doc<"staffAudit">["changes"];
    reason?: string;
  },
): Promise<void> {
  await platform.insert("staffAudit", {
    changes: [],
    ...line,
    ...(doer === null ? { staffName: COMMAND_LINE } : { staffId: doer._id, staffName: doer.name }),
  });
}

/** Staff as an actor in a company's trail, with the name of this moment. */
export function staffActor({ name }: Pick<Doc<"staff">, "name">): Doc<"auditLog">["actor"] {
  return { kind: "staff", name };
}
