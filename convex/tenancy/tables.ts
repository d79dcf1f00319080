import type { DocumentByName, NamedTableInfo } from "convex/server";
import type { DataModel, TableNames } from "../_generated/dataModel";
import schema from "../schema";

/**
 * Tables without a tenantId, each with the reason. Everything else in the schema is a
 * tenant's table. A table that is in neither group does not compile (see below).
 */
export const PLATFORM_TABLES = {
  tenants: "The tenant itself: its _id is what the others carry as tenantId.",
  staffAppointments: "Who is to be staff belongs to no company.",
  staffNotes: "What staff note about a company is theirs; no company's function reads it.",
  tenantSummaries: "Sunup's own measure of a company, which no company's function reads.",
  platformChanges: "Which companies' summaries changed, for the platform's totals to follow.",
  platformShares: "What each company adds to the platform's totals.",
  platformTotals: "Sums over all companies, for staff alone.",
  platformMonths: "Sums over all companies, for staff alone.",
  webhookEvents: "An event arrives before it is known which tenant it concerns.",
  placements: "Says on which deployment somebody's company lives, before any company is known.",
  staff: "Sunup's own people belong to no company.",
  staffAudit: "What staff did is the platform's trail; a company's own has what was done to it.",
  fileSweeps: "Stored files that nobody claimed belong to no tenant.",
  logBatches: "A batch of the log holds what functions of all tenants did.",
  logStreamState: "The log stream is the deployment's.",
  functionDays: "Sunup's own measure of its functions, of all companies together.",
  tenantUsage: "Sunup's own measure of a company, never read by a tenant's function.",
  securityAuditLog:
    "An attack crosses companies, or comes from nobody's; staff look at all of them.",
  securityAlerts: "Staff are alerted; a company's own trail has what concerns it.",
  lockPolicies: "Which alerts lock a person out is the platform's rule for all companies.",
  failureMinutes: "Counts what fails for one client, whose company does not matter to it.",
  recentFailures: "Counts what fails for one client, whose company does not matter to it.",
  platformEmails: "Mail to Sunup's own people is no company's.",
  erasures: "The certificate of an erasure outlives the company.",
  erasedAccounts: "Whoever belonged to an erased company belongs to none.",
} as const satisfies Partial<Record<TableNames, string>>;

/**
 * Indexes of tenants' tables that do not lead with tenantId, each with the reason.
 * Only convex/tenancy can reach them: the scoped database does not know them.
 */
export const CROSS_TENANT_INDEXES = {
  "members.by_clerkUserId":
    "Finds the one membership of a verified token; the tenant is what is looked for.",
  "members.by_email":
    "Finds the companies of a person whom staff look for; the tenant is what is looked for.",
  "files.by_storageId": "A stored file is claimed once, in all tenants together.",
  "campaigns.by_formToken":
    "Finds the campaign whose public form somebody opens; the tenant is what is looked for.",
  "billingAccounts.by_customer":
    "An event of Stripe's names a customer; the company behind it is what is looked for.",
  "staffEntries.by_staffId_state":
    "Finds the one entry of a verified token; the tenant is what is looked for.",
  "emails.by_nextAttemptAt":
    "Finds mail whose attempt is overdue in any company, without going through all companies.",
  "emails.by_failedAt": "Shows Sunup's staff that mail failed in any company: tenancy/failures.ts.",
  "archives.by_dueAt": "Finds archives of any company whose work was lost, or whose time is over.",
  "archiveSegments.by_storageId": "A stored file that is part of an archive is nobody's to sweep.",
  "restores.by_dueAt": "Finds restorings of any company whose work was lost.",
  "invitations.by_failedAt":
    "Shows Sunup's staff that invitations failed in any company: tenancy/failures.ts.",
} as const satisfies Record<string, string>;

/** Tables whose rows nobody changes or deletes once they are written, each with the reason. */
export const APPEND_ONLY_TABLES = {
  auditLog: "A trail that could be changed would prove nothing.",
  projectActivity: "A timeline tells what happened, not what somebody wishes had happened.",
  leadActivity: "A timeline tells what happened, not what somebody wishes had happened.",
  staffAudit: "A trail that could be changed would prove nothing.",
  staffNotes: "A note is what somebody thought at that time; a later one corrects it.",
  securityAuditLog: "A trail that could be changed would prove nothing.",
} as const satisfies Partial<Record<TableNames, string>>;

/** Tenants' tables that the scoped database only reads, since another wall writes them, each with the reason. */
export const WALLED_TABLES = {
  files: "A row and the bytes that it stands for come and go together: tenancy/files.ts.",
  rateBuckets:
    "A company that could fill its own bucket would have no limit: tenancy/rateLimit.ts.",
  archiveSegments:
    "A row and the bytes that it stands for come and go together: tenancy/archive/segments.ts.",
  fileUploads: "A row proves that a member may claim a stored file: tenancy/files.ts.",
} as const satisfies Partial<Record<TableNames, string>>;

export type PlatformTable = keyof typeof PLATFORM_TABLES;
export type TenantTable = Exclude<TableNames, PlatformTable>;

/** Names of the indexes of a tenant's table that lead with tenantId. */
export type ScopedIndexNames<Table extends TenantTable> = {
  [Index in keyof IndexesOf<Table>]: IndexesOf<Table>[Index] extends readonly [
    "tenantId",
    ...string[],
  ]
    ? Index
    : never;
}[keyof IndexesOf<Table>] &
  string;

/** Names of the search indexes of a tenant's table that filter by tenantId. */
export type ScopedSearchIndexNames<Table extends TenantTable> = {
  [
    Index in keyof SearchIndexesOf<Table>
  ]: "tenantId" extends SearchIndexesOf<Table>[Index]["filterFields"] ? Index : never;
}[keyof SearchIndexesOf<Table>] &
  string;

/** What a search by that index may be narrowed by, beside the tenant. */
export type SearchFilters<
  Table extends TenantTable,
  Index extends ScopedSearchIndexNames<Table>,
> = {
  [
    Field in Exclude<SearchIndexesOf<Table>[Index]["filterFields"], "tenantId"> &
      keyof DocumentByName<DataModel, Table>
  ]?: DocumentByName<DataModel, Table>[Field];
};

type SearchIndexesOf<Table extends TableNames> = NamedTableInfo<DataModel, Table>["searchIndexes"];

type IndexesOf<Table extends TableNames> = NamedTableInfo<DataModel, Table>["indexes"];

/** Tables of the schema that carry no tenantId and are not on the list: must be none. */
type Unlisted = {
  [Table in TenantTable]: DocumentByName<DataModel, Table> extends { tenantId: unknown }
    ? never
    : Table;
}[TenantTable];
const everyTableIsListed: [Unlisted] extends [never] ? true : Unlisted = true;
void everyTableIsListed;

export const ALL_TABLES = Object.keys(schema.tables) as TableNames[];

export const TENANT_TABLES = ALL_TABLES.filter(isTenantTable);

export function isPlatformTable(table: string): table is PlatformTable {
  return Object.hasOwn(PLATFORM_TABLES, table);
}

export function isTenantTable(table: string): table is TenantTable {
  return Object.hasOwn(schema.tables, table) && !isPlatformTable(table);
}

export function isAppendOnly(table: TableNames): boolean {
  return Object.hasOwn(APPEND_ONLY_TABLES, table);
}

export function isWalled(table: TenantTable): boolean {
  return Object.hasOwn(WALLED_TABLES, table);
}

/** True when the index leads with tenantId, read from the schema itself. */
export function leadsWithTenantId(table: TenantTable, index: string): boolean {
  const found = schema.tables[table][" indexes"]().find((each) => each.indexDescriptor === index);
  return found?.fields[0] === "tenantId";
}

/** The field that a search index looks into, when the index filters by tenantId; otherwise null. */
export function scopedSearchField(table: TenantTable, index: string): string | null {
  const found = searchIndexesOf(table).find((each) => each.indexDescriptor === index);
  return found?.filterFields.includes("tenantId") ? found.searchField : null;
}

/** The table's search indexes, read from the schema itself, whose types keep them private. */
export function searchIndexesOf(table: TableNames): readonly SearchIndexDefinition[] {
  const definition: unknown = schema.tables[table];
  return (definition as { searchIndexes: SearchIndexDefinition[] }).searchIndexes;
}

type SearchIndexDefinition = {
  indexDescriptor: string;
  searchField: string;
  filterFields: string[];
};
