import type { FieldsJson, WriteTransaction } from "../../../local/convex/store/types.ts";
import { type Company, idMaker, numbered, renamed, type Row } from "./companies.ts";

/** Tables that do not fill up, each with the reason. All others grow to any number of rows. */
const KEPT_SMALL: Record<string, string> = {
  billingAccounts: "one row per company",
  billingRequests: "one row per member, found by the member",
  companyProfiles: "one row per company",
  notificationSettings: "one row per member, found by the member",
  pipelineStages: "at most MAX_STAGES of lib/stages.ts, and every one is shown",
  presence: "one row per member, found by the member",
  rateBuckets: "one row per member and one per company",
  staff: "Sunup's own people, found by the user",
  stageTotals: "one row per stage",
  tenantSummaries: "one row per company, of which there are a thousand anyway",
  tenants: "the companies themselves, of which there are a thousand anyway",
  usage: "one row per metric and month",
};

/** Tables of which a company has fewer than it has projects, each with the reason. */
const AT_MOST: Record<string, { rows: number; why: string }> = {
  archives: { rows: 4, why: "MAX_ARCHIVES of lib/archive/states.ts, and room for one more." },
  members: { rows: 1_000, why: "More people than the largest installers employ." },
  campaigns: { rows: 99, why: "MAX_CAMPAIGNS of lib/campaigns.ts, and room for one more." },
  fileUploads: { rows: 100, why: "MAX_OPEN_UPLOADS of a member, and room for one more." },
  savedViews: { rows: 29, why: "MAX_OWN_VIEWS of lib/savedViews.ts, and room for one more." },
};

/** Parents that have a highest number of such rows: every copy belongs to a copy of the parent. */
const OWN_PARENTS: Record<string, readonly string[]> = {
  // MAX_PERMITS of lib/permits.ts.
  permits: ["projects"],
};

/** Above the numbers of companies, which name theirs in the same way. */
const COPIES_FROM = 100_000;

/** What must differ between a company's rows. */
const DISTINCT: Record<string, readonly string[]> = {
  campaigns: ["formToken"],
  contactMatches: ["key"],
  emails: ["idempotencyKey"],
  members: ["clerkUserId"],
};

/**
 * Copies the company's rows, `before` so many per table, until there are `size`. Every other copy
 * belongs to the same parents as what it is a copy of, so that one project gets thousands of notes;
 * the rest to copies of the parents, so that a list which looks up each row's parent shows itself.
 */
export function grow(
  tx: WriteTransaction,
  { rows }: Company,
  { before, size }: { before: number; size: number },
): void {
  const newId = idMaker(tx);
  const samples = [...Map.groupBy(rows.filter(grows), ({ table }) => table)];
  for (let round = 1; round < size; round += 1) {
    const now = samples.filter(([table, { length }]) => {
      const rows = length * (round + 1);
      return rows > before && rows <= Math.min(size, AT_MOST[table]?.rows ?? size);
    });
    const copied = now.flatMap(([, each]) => each);
    const ids = new Map(copied.map(({ table, fields }) => [String(fields._id), newId(table)]));
    const idsOf = (tables: readonly string[]) =>
      new Map(
        copied
          .filter(({ table }) => tables.includes(table))
          .map(({ fields }) => [String(fields._id), ids.get(String(fields._id))!]),
      );
    for (const row of copied) {
      const parents = round % 2 === 0 ? idsOf(OWN_PARENTS[row.table] ?? []) : ids;
      tx.importDocument("", row.table, copyOf(row, round, ids, parents));
    }
  }
}

function grows({ table }: Row): boolean {
  return !table.startsWith("_") && !(table in KEPT_SMALL);
}

function copyOf(
  { table, fields }: Row,
  round: number,
  ids: ReadonlyMap<string, string>,
  parents: ReadonlyMap<string, string>,
): FieldsJson {
  const { _id, _creationTime, ...rest } = fields;
  const copy = renamed(rest, parents) as FieldsJson;
  for (const field of DISTINCT[table] ?? []) {
    if (typeof copy[field] === "string") copy[field] = numbered(copy[field], COPIES_FROM + round);
  }
  return { ...copy, _id: ids.get(String(_id))! };
}
