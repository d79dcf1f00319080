import type { StorageWriter } from "convex/server";
import type { Doc, Id } from "../../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../../_generated/server";
import schema from "../../schema";
import { referencesIn } from "../references";
import { TENANT_TABLES, type TenantTable } from "../tables";
import { newBatch, takeInto } from "./batch";

/**
 * Tables whose rows stand for something elsewhere: an account, an invitation, a customer. They go
 * with it (model/erasureAccounts.ts), so that nothing elsewhere is left of which nobody knows.
 */
export const ACCOUNT_TABLES = ["members", "invitations", "billingAccounts"] as const;

/** The tables that go here: all others that the schema gives a tenant, in its order. */
export const ERASED_TABLES = TENANT_TABLES.filter(
  (table) => !(ACCOUNT_TABLES as readonly string[]).includes(table),
);

export type RowCount = { table: string; rows: number };
export type ErasedRows = {
  /** The table to go on with, or null when nothing is left. */
  next: string | null;
  erased: RowCount[];
  files: number;
  bytes: number;
};

/**
 * Erases a batch of a tenant's rows, from the table `from` on (null is the first), with all that
 * hangs on them: stored files, and the reports of a mail's delivery. It is the only way in which
 * rows of a company's trails go before their time.
 */
export async function eraseRows(
  { db, storage }: { db: DatabaseWriter; storage: StorageWriter },
  tenantId: Id<"tenants">,
  from: string | null,
): Promise<ErasedRows> {
  const start = from === null ? 0 : Math.max(0, (ERASED_TABLES as string[]).indexOf(from));
  const batch = newBatch();
  const hanging = newBatch();
  const done: ErasedRows = { next: null, erased: [], files: 0, bytes: 0 };
  for (const table of ERASED_TABLES.slice(start)) {
    const { rows, all } = await takeInto(batch, rowsOf(db, table, tenantId));
    let erased = 0;
    for (const row of rows) {
      if (hanging.isFull) break;
      for (const storageId of storedFilesOf(table, row)) {
        hanging.take({ storageId });
        const size = await removeStored({ db, storage }, storageId);
        if (size === null) continue;
        done.files += 1;
        done.bytes += size;
      }
      const events = table === "emails" ? await eventsOf(db, row) : [];
      for (const event of events) {
        hanging.take(event);
        await db.delete("webhookEvents", event._id);
      }
      if (events.length > 0) done.erased.push({ table: "webhookEvents", rows: events.length });
      if (events.length === EVENTS_AT_ONCE) break;
      await db.delete(table as "auditLog", row._id);
      erased += 1;
    }
    if (erased > 0) done.erased.push({ table, rows: erased });
    if (!all || erased < rows.length) return { ...done, next: table };
  }
  return done;
}

/** The first row that a tenant still has in the table, or null. */
export async function anyRowOf(
  db: DatabaseReader,
  table: TenantTable,
  tenantId: Id<"tenants">,
): Promise<{ _id: string } | null> {
  return await rowsOf(db, table, tenantId).first();
}

/** A tenant's rows of a table, by whichever of its indexes leads with tenantId: each table has one. */
function rowsOf(db: DatabaseReader, table: TenantTable, tenantId: Id<"tenants">) {
  const index = schema.tables[table][" indexes"]().find(({ fields }) => fields[0] === "tenantId");
  // Convex's types ask for one table by name. Which it is decides the schema.
  return db
    .query(table as "auditLog")
    .withIndex(index!.indexDescriptor as "by_tenant", (q) => q.eq("tenantId", tenantId));
}

/** Stored files that a row holds, wherever the schema has a `v.id("_storage")`. */
function storedFilesOf(table: TenantTable, row: Record<string, unknown>): Id<"_storage">[] {
  return referencesIn(table, row).flatMap(({ table: named, id }) =>
    named === "_storage" ? [id as Id<"_storage">] : [],
  );
}

/** Removes a stored file and says how many bytes it had; null when it is gone already. */
async function removeStored(
  { db, storage }: { db: DatabaseReader; storage: StorageWriter },
  storageId: Id<"_storage">,
): Promise<number | null> {
  const stored = await db.system.get("_storage", storageId);
  if (stored === null) return null;
  await storage.delete(storageId);
  return stored.size;
}

/** Reports about one mail that are read at once: far more than there are. */
const EVENTS_AT_ONCE = 50;

/** Resend's reports of what became of a mail. */
async function eventsOf(db: DatabaseReader, row: object): Promise<Doc<"webhookEvents">[]> {
  const { providerId } = row as Doc<"emails">;
  if (providerId === undefined) return [];
  return await db
    .query("webhookEvents")
    .withIndex("by_source_subject", (q) => q.eq("source", "resend").eq("subject", providerId))
    .take(EVENTS_AT_ONCE);
}
