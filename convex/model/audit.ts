import { type AuditAction, groupOf, STAFF, SUNUP } from "../../lib/audit";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";

type Change = Doc<"auditLog">["changes"][number];
export type AuditActor = Doc<"auditLog">["actor"];

export const SYSTEM: AuditActor = { kind: "system" };

/** The member as an actor, with the name and primary role of this moment. */
export function actorOf(member: Doc<"members">): AuditActor {
  return { kind: "member", memberId: member._id, name: member.name, role: member.primaryRole };
}

/** The member behind an actor; undefined when it was nobody of the company. */
export function memberIdOf(actor: AuditActor): Id<"members"> | undefined {
  return actor.kind === "member" ? actor.memberId : undefined;
}

/** The actor as the company's people read it. */
export function actorName(actor: AuditActor): string {
  if (actor.kind === "system") return "Sunup";
  return actor.kind === "staff" ? `${actor.name} (Sunup)` : actor.name;
}

/** Leaves a line in the company's audit trail, in the transaction of what it tells about. */
export async function recordAudit(
  { db }: Pick<TenantWriteCtx, "db">,
  line: {
    action: AuditAction;
    actor: AuditActor;
    /** The name of what it was done to. */
    subject: string;
    changes?: Change[];
    reason?: string;
  },
): Promise<void> {
  const { actor } = line;
  const person = actor.kind === "member" ? actor.memberId : actor.kind === "staff" ? STAFF : SUNUP;
  await db.insert("auditLog", { changes: [], ...line, group: groupOf(line.action), person });
}

/** What differs between two states, field by field, as text; equal fields are left out. */
export function changesBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Change[] {
  return Object.keys({ ...before, ...after })
    .map((field) => ({ field, before: asText(before[field]), after: asText(after[field]) }))
    .filter((change) => change.before !== change.after);
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(asText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
