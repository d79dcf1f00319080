import type { StaffAction } from "../../lib/staff";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";

/** Who did it: staff, nobody's account for what the command line did, or a policy. */
export type StaffDoer = Pick<Doc<"staff">, "_id" | "name"> | typeof LOCK_POLICY | null;

/** The rule by which new alerts lock people out, as the platform's trail names it. */
export const LOCK_POLICY = { name: "By policy" } as const;

/** The name of the command line in the platform's trail. */
const COMMAND_LINE = { name: "Command line" } as const;

/**
 * Leaves a line in the platform's trail, in the transaction of what it tells about. What is
 * done to a company is told in that company's own trail as well: by whoever does it, through
 * recordAudit with the actor that `staffActor` gives.
 */
export async function recordStaffAction(
  { platform }: Pick<SystemCtx, "platform">,
  doer: StaffDoer,
  line: {
    action: StaffAction;
    tenant?: Id<"tenants">;
    /** The name of what it was done to. */
    subject: string;
    changes?: Doc<"staffAudit">["changes"];
    reason?: string;
    alert?: Id<"securityAlerts">;
  },
): Promise<void> {
  const who = doer ?? COMMAND_LINE;
  await platform.insert("staffAudit", {
    changes: [],
    ...line,
    staffName: who.name,
    ...("_id" in who && { staffId: who._id }),
  });
}

/** Staff as an actor in a company's trail, with the name of this moment. */
export function staffActor({ name }: Pick<Doc<"staff">, "name">): Doc<"auditLog">["actor"] {
  return { kind: "staff", name };
}
