import type { GenericValidator } from "convex/values";
import schema from "../../schema";
import { TENANT_TABLES, type TenantTable } from "../tables";

/**
 * What an archive of a company holds, read from the schema: every table of a company's that is not
 * listed here with the reason. tests/isolation/archive holds that nothing is forgotten.
 */

/** Tables that no archive holds, each with the reason. */
export const NOT_ARCHIVED = {
  archives: "An archive does not hold archives.",
  archiveSegments: "An archive does not hold archives.",
  restores: "Tells how a company came here, which ends with it.",
  restoredRows: "Of use only while an archive is restored.",
  fileUploads: "An upload under way ends within the hour.",
  rateBuckets: "How fast somebody worked in the last minutes.",
} as const satisfies Partial<Record<TenantTable, string>>;

/** Tables that an archive holds and that are not brought back with it, each with the reason. */
export const NOT_RESTORED = {
  billingAccounts: "Stripe's customer belongs to the company that pays, and to one only.",
  billingRequests: "Asked for by somebody who has yet to join the new company.",
  emails: "Mail that was sent is not sent again.",
  invitations: "An invitation's ticket opens the company that it came from.",
  notifications: "For people who have yet to join the new company.",
  presence: "Nobody of the old company is here.",
  staffEntries: "Sunup's staff were in the old company, not in this one.",
} as const satisfies Partial<Record<TenantTable, string>>;

/** Tables that sign-up fills and an archive brings itself. */
export const REPLACED = ["pipelineStages", "campaigns", "usage"] as const;

/** Fields that hold a member's id as text. */
export const MEMBERS_AS_TEXT: Partial<Record<TenantTable, readonly string[]>> = {
  auditLog: ["person"],
};

/** The fields of a table that hold ids, by the field of the row; with the tables that they name. */
export type Referring = { field: string; optional: boolean; targets: string[] };

/** Every field of a row that holds ids, however deep; without the company's own. */
export function referringFields(table: TenantTable): Referring[] {
  const fields = schema.tables[table].validator.fields as Record<string, GenericValidator>;
  return Object.entries(fields).flatMap(([field, type]) => {
    const targets = [...new Set(targetsOf(type))];
    if (field === "tenantId" || targets.length === 0) return [];
    return [{ field, optional: type.isOptional === "optional", targets }];
  });
}

function* targetsOf(type: GenericValidator): Generator<string> {
  switch (type.kind) {
    case "id":
      yield type.tableName;
      return;
    case "object":
      for (const each of Object.values(type.fields)) yield* targetsOf(each as GenericValidator);
      return;
    case "array":
      yield* targetsOf(type.element);
      return;
    case "record":
      yield* targetsOf(type.key);
      yield* targetsOf(type.value);
      return;
    case "union":
      for (const each of type.members as GenericValidator[]) yield* targetsOf(each);
  }
}

export function isArchived(table: TenantTable): boolean {
  return !Object.hasOwn(NOT_ARCHIVED, table);
}

export function isRestored(table: TenantTable): boolean {
  return isArchived(table) && !Object.hasOwn(NOT_RESTORED, table);
}

/**
 * The archived tables, each behind those that its rows cannot be without. Throws when that goes
 * round in a circle: one of its fields must then be optional.
 */
export const BY_REFERENCE: readonly TenantTable[] = inOrder(TENANT_TABLES.filter(isArchived));

/**
 * The order in which an archive is written: what refers comes before what it refers to. Work goes
 * on meanwhile, and rows are made more often than removed.
 */
export const ARCHIVE_ORDER: readonly TenantTable[] = [...BY_REFERENCE].reverse();

/** The order in which an archive is restored. */
export const RESTORE_ORDER: readonly TenantTable[] = BY_REFERENCE.filter(isRestored);

/** Optional fields that refer to rows which are restored later than the table's own. */
export function lateFields(table: TenantTable): string[] {
  const own = RESTORE_ORDER.indexOf(table);
  const isLater = (target: string) => RESTORE_ORDER.indexOf(target as TenantTable) >= own;
  return referringFields(table)
    .filter(({ optional, targets }) => optional && targets.some(isLater))
    .map(({ field }) => field);
}

function inOrder(tables: readonly TenantTable[]): TenantTable[] {
  const ordered: TenantTable[] = [];
  const needed = new Map(tables.map((table) => [table, needsOf(table)]));
  while (ordered.length < tables.length) {
    const next = tables.find(
      (table) =>
        !ordered.includes(table) &&
        needed.get(table)!.every((each) => !tables.includes(each) || ordered.includes(each)),
    );
    if (next === undefined) throw new Error("Tables need each other's rows in a circle.");
    ordered.push(next);
  }
  return ordered;
}

function needsOf(table: TenantTable): TenantTable[] {
  const needed = referringFields(table).filter(({ optional }) => !optional);
  return needed.flatMap(({ targets }) => targets as TenantTable[]);
}
