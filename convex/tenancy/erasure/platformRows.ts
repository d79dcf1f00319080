import type { Id } from "../../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../../_generated/server";
import type { PlatformTable } from "../tables";
import { newBatch, takeInto } from "./batch";
import type { RowCount } from "./rows";

/**
 * What becomes of each platform table when a company is erased. `erased`: rows about the company
 * go. `nameless`: they stay without it. `untouched`: no row is about one company.
 */
export const ERASURE_FATES = {
  tenants: { fate: "erased", why: "The company itself, last of all its rows." },
  tenantSummaries: { fate: "erased", why: "Name, addresses and figures of one company." },
  platformChanges: { fate: "erased", why: "Names a company that is to be counted again." },
  platformShares: {
    fate: "erased",
    why: "What one company adds; the totals lose it with the row.",
  },
  platformTotals: { fate: "untouched", why: "Sums over all companies, which name none." },
  platformMonths: { fate: "untouched", why: "Sums over all companies, which name none." },
  webhookEvents: {
    fate: "erased",
    why: "Events about the company's people, mail and payments go with those.",
  },
  placements: {
    fate: "untouched",
    why: "Names a person and a deployment; the address goes when Clerk tells that the account is gone.",
  },
  staff: { fate: "untouched", why: "Sunup's own people belong to no company." },
  staffAudit: {
    fate: "nameless",
    why: "Staff answer for what they did, after the company is gone.",
  },
  staffAppointments: { fate: "untouched", why: "Who is to be staff belongs to no company." },
  staffNotes: { fate: "erased", why: "Notes about one company and its people." },
  fileSweeps: { fate: "untouched", why: "How far stored files were looked at: a time." },
  logBatches: { fate: "untouched", why: "Digests of batches of the log, for an hour." },
  logStreamState: { fate: "untouched", why: "When the log was heard last: a time." },
  functionDays: { fate: "untouched", why: "Figures of functions, of all companies together." },
  tenantUsage: { fate: "erased", why: "What one company used; the platform's sum has no name." },
  securityAuditLog: {
    fate: "erased",
    why: "What its people tried; what others tried on it stays with them, without its id.",
  },
  securityAlerts: { fate: "erased", why: "About one company or one of its people." },
  recentFailures: { fate: "erased", why: "Names a Clerk user, who goes with the membership." },
  failureMinutes: { fate: "erased", why: "Names a Clerk user, who goes with the membership." },
  lockPolicies: { fate: "untouched", why: "The platform's rules for all companies alike." },
  platformEmails: { fate: "erased", why: "Mail to staff about an alert goes with the alert." },
  erasures: { fate: "nameless", why: "The certificate stays, without the company's id." },
  erasedAccounts: {
    fate: "untouched",
    why: "Fingerprints, so that nobody who was erased comes back.",
  },
} as const satisfies Record<
  PlatformTable,
  { fate: "erased" | "nameless" | "untouched"; why: string }
>;

type Named = { _id: string };

/** Rows of a platform table that name a tenant in `field`: they go, or stay as `nameless` leaves them. */
type Range = {
  table: PlatformTable;
  field: string;
  rows: (db: DatabaseReader, tenant: Id<"tenants">) => AsyncIterable<Named>;
  nameless?: (certificate: string) => object;
};

/** Every field by which the schema lets a platform table name a tenant, in the order in which they go. */
export const PLATFORM_RANGES: readonly Range[] = [
  {
    table: "tenantSummaries",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("tenantSummaries").withIndex("by_tenant", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "platformShares",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("platformShares").withIndex("by_tenant", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "platformChanges",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("platformChanges").withIndex("by_tenant", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "staffNotes",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("staffNotes").withIndex("by_tenant", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "tenantUsage",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("tenantUsage").withIndex("by_tenant_period", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "securityAlerts",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("securityAlerts").withIndex("by_tenant_lastAt", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "securityAuditLog",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("securityAuditLog").withIndex("by_tenant_at", (q) => q.eq("tenant", tenant)),
  },
  {
    table: "securityAuditLog",
    field: "attemptedTenant",
    rows: (db, tenant) =>
      db
        .query("securityAuditLog")
        .withIndex("by_attemptedTenant", (q) => q.eq("attemptedTenant", tenant)),
    nameless: () => ({ attemptedTenant: undefined }),
  },
  {
    table: "staffAudit",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("staffAudit").withIndex("by_tenant", (q) => q.eq("tenant", tenant)),
    nameless: (certificate) => ({
      tenant: undefined,
      subject: `erased company ${certificate}`,
      changes: [],
      reason: undefined,
    }),
  },
  {
    table: "erasures",
    field: "tenant",
    rows: (db, tenant) =>
      db.query("erasures").withIndex("by_tenant", (q) => q.eq("tenant", tenant)),
  },
];

export type ErasedPlatformRows = { done: boolean; erased: RowCount[]; nameless: RowCount[] };

/**
 * Erases a batch of the platform's rows about a tenant, or takes the tenant out of those that stay.
 * `certificate` is the number by which trails speak of it from then on; the erasure under way stays.
 */
export async function erasePlatformRows(
  db: DatabaseWriter,
  tenant: Id<"tenants">,
  { erasureId, certificate }: { erasureId: Id<"erasures">; certificate: string },
): Promise<ErasedPlatformRows> {
  const batch = newBatch();
  const result: ErasedPlatformRows = { done: true, erased: [], nameless: [] };
  for (const { table, rows, nameless } of PLATFORM_RANGES) {
    const found = await takeInto(batch, rows(db, tenant));
    const others = found.rows.filter(({ _id }) => _id !== erasureId);
    for (const { _id } of others) {
      if (table === "securityAlerts") await eraseMailAbout(db, _id);
      // Convex's types ask for one table by name; the range says which it is.
      const id = _id as Id<"staffAudit">;
      if (nameless) await db.patch(table as "staffAudit", id, nameless(certificate));
      else await db.delete(table as "staffAudit", id);
    }
    if (others.length > 0) {
      result[nameless ? "nameless" : "erased"].push({ table, rows: others.length });
    }
    if (!found.all) return { ...result, done: false };
  }
  return result;
}

/** The mail by which staff were told of an alert (model/telemetry/alerts.ts gives it its key). */
async function eraseMailAbout(db: DatabaseWriter, alertId: string): Promise<void> {
  const mail = await db
    .query("platformEmails")
    .withIndex("by_idempotencyKey", (q) => q.eq("idempotencyKey", `alert/${alertId}`))
    .unique();
  if (mail !== null) await db.delete("platformEmails", mail._id);
}
