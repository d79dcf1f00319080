import { sunupError } from "../../lib/errors";
import { ADMINISTRATOR, inRoleOrder, type Role } from "../../lib/roles";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { activeMemberX } from "./activeMembers";
import { changesBetween, recordAudit, SYSTEM } from "./audit";

/**
 * A company keeps at least one active administrator. Whoever would take the last one away
 * reads this range first; two who take each other away at once read what the other writes,
 * so the database lets only one of them through.
 */

/** More administrators than any company has; keeps the read bounded. */
const MAX_ADMINISTRATORS = 50;

/** True when the company has no active administrator besides `member`, who is one. */
export async function isLastAdministrator(
  db: ScopedReader,
  member: Doc<"members">,
): Promise<boolean> {
  if (!isActiveAdministrator(member)) return false;
  return !(await administratorsOf(db, 2)).some(({ _id }) => _id !== member._id);
}

/** Throws CONFLICT when the company would be left without an active administrator. */
export async function requireAnotherAdministrator(
  db: ScopedReader,
  member: Doc<"members">,
): Promise<void> {
  if (!(await isLastAdministrator(db, member))) return;
  throw sunupError("CONFLICT", {
    message: `${member.name} is the only administrator. Make somebody else an administrator first.`,
  });
}

type TenantRow = Pick<TenantWriteCtx, "db"> & {
  patchTenant: (change: Pick<Doc<"tenants">, "withoutAdministratorSince">) => Promise<void>;
};

/** Notes for staff that the last administrator's account is gone, which nobody could refuse. */
export async function noteAdministratorLost(
  { db, patchTenant }: TenantRow,
  member: Doc<"members">,
  now: number,
): Promise<void> {
  await patchTenant({ withoutAdministratorSince: now });
  await recordAudit(
    { db },
    { action: "company.leftWithoutAdministrator", actor: SYSTEM, subject: member.name },
  );
}

/** Makes an active member an administrator, as staff. Throws NOT_FOUND, CONFLICT (not active). */
export async function appoint(
  { db, patchTenant }: TenantRow,
  memberId: Id<"members">,
  reason: string,
): Promise<void> {
  const member = await activeMemberX(db, memberId);
  const roles = inRoleOrder([ADMINISTRATOR, ...member.roles]);
  await db.patch("members", memberId, { roles });
  await patchTenant({ withoutAdministratorSince: undefined });
  await recordAudit(
    { db },
    {
      action: "member.rolesChanged",
      actor: { kind: "staff", name: "Sunup staff" },
      subject: member.name,
      changes: changesBetween({ roles: member.roles }, { roles }),
      reason,
    },
  );
}

export function isActiveAdministrator({ status, roles }: Doc<"members">): boolean {
  return status === "active" && roles.includes(ADMINISTRATOR);
}

/**
 * The company's active administrators. Roles are stored in the order of
 * lib/roles.ts, which starts with the administrator, so they are one range of the index.
 */
export async function administratorsOf(
  db: ScopedReader,
  limit = MAX_ADMINISTRATORS,
): Promise<Doc<"members">[]> {
  const behind = `${ADMINISTRATOR}\u0000` as Role;
  return await db
    .query("members")
    .withIndex("by_tenant_status_roles", (q) =>
      q.eq("status", "active").gte("roles", [ADMINISTRATOR]).lt("roles", [behind]),
    )
    .take(limit);
}
