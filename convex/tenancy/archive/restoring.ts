import type { DatabaseWriter } from "../../_generated/server";
import type { Doc, Id } from "../../_generated/dataModel";
import { sunupError } from "../../../lib/errors";
import { type TenantScope, tenantWriter } from "../rules";
import { scopedReader } from "../scopedDb";
import type { TenantTable } from "../tables";
import { type ArchivedRow, idsOfRow, withIds } from "./remap";
import { isTaken } from "./segments";
import { isRestored, lateFields, REPLACED } from "./tables";

/**
 * The only way of an archive's rows into a company. They go past the rules of each table's own
 * functions, so this knows by itself what may not come along: every id is one that this restoring
 * has made, the company is stamped, and what opens something elsewhere is made anew.
 */
export function tenantRestoring(db: DatabaseWriter, scope: TenantScope) {
  const rows = tenantWriter(db, scope);
  const own = scopedReader(rows, scope);

  /** The ids that took the place of these. */
  async function knownOf(ids: Iterable<string>): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    for (const from of new Set(ids)) {
      const found = await own
        .query("restoredRows")
        .withIndex("by_tenant_from", (q) => q.eq("from", from))
        .first();
      if (found !== null) known.set(from, found.to);
    }
    return known;
  }

  async function remember(from: string, to: string): Promise<void> {
    await rows.insert("restoredRows", { tenantId: scope.tenantId, from, to });
  }

  return {
    /** Removes what a company begins with and an archive brings itself. */
    async clear(): Promise<void> {
      for (const table of REPLACED) {
        const found = await own.query(table).withIndex("by_tenant").take(MOST_REPLACED);
        for (const { _id } of found) await rows.delete(table, _id);
      }
    },

    /**
     * Writes rows of a table, with `blobs` in place of the stored files that they name. Rows that
     * cannot be without something that is not here are left out. Returns how many were written.
     */
    async write(
      table: TenantTable,
      archived: ArchivedRow[],
      blobs: Record<string, Id<"_storage">>,
    ): Promise<number> {
      if (!isRestored(table)) throw new Error(`Rows of "${table}" are not restored.`);
      for (const storageId of Object.values(blobs)) {
        if (await isTaken(db, storageId)) throw sunupError("NOT_FOUND");
      }
      const known = await knownOf(archived.flatMap((row) => idsOfRow(table, row)));
      for (const [from, to] of Object.entries(blobs)) known.set(from, to);
      const late = lateFields(table);
      let written = 0;
      for (const row of archived) {
        const from = row._id as string;
        if (table === "members") {
          const same = await memberOf(row.email as string);
          if (same !== undefined) {
            await remember(from, same);
            known.set(from, same);
            written++;
            continue;
          }
        }
        const early = Object.fromEntries(
          Object.entries(row).filter(([field]) => !late.includes(field)),
        );
        const value = withIds(table, early, known);
        if (value === null) continue;
        const fields = { ...value, ...madeAnew(table), tenantId: scope.tenantId };
        const to = await rows.insert(table, fields as never);
        await remember(from, to);
        known.set(from, to);
        written++;
      }
      return written;
    },

    /** Adds to rows that were written what refers to rows that were written later. */
    async link(table: TenantTable, archived: ArchivedRow[]): Promise<void> {
      const late = lateFields(table);
      const ids = archived.flatMap((row) => [row._id as string, ...idsOfRow(table, row)]);
      const known = await knownOf(ids);
      for (const row of archived) {
        const to = known.get(row._id as string);
        const mapped = to && withIds(table, row, known);
        if (!to || !mapped) continue;
        const change = Object.fromEntries(
          late.flatMap((field) => (mapped[field] === undefined ? [] : [[field, mapped[field]]])),
        );
        if (Object.keys(change).length > 0) await rows.patch(table, to as never, change as never);
      }
    },

    /** Forgets which row became which, batch by batch; true when there is more. */
    async forgetSome(): Promise<boolean> {
      const found = await own
        .query("restoredRows")
        .withIndex("by_tenant_from")
        .take(MOST_FORGOTTEN);
      for (const { _id } of found) await rows.delete("restoredRows", _id);
      return found.length === MOST_FORGOTTEN;
    },
  };

  /** Somebody who is in the company already stays who they are. */
  async function memberOf(email: string): Promise<Id<"members"> | undefined> {
    const found = await own
      .query("members")
      .withIndex("by_tenant_email", (q) => q.eq("email", email))
      .first();
    return found?._id;
  }
}

const MOST_REPLACED = 500;
const MOST_FORGOTTEN = 1_000;

/** What stands in a restored row instead of what the archive says, by table: it opened something elsewhere. */
const MADE_ANEW: Partial<Record<TenantTable, () => ArchivedRow>> = {
  /** Without an account at Clerk: the past is theirs, and they come back by an invitation. */
  members: (): Partial<Doc<"members">> => ({
    clerkUserId: `restored_${randomText()}${randomText()}`,
    status: "deactivated",
    accountDeletedAt: Date.now(),
    lock: undefined,
  }),
  /** The public form of the old company stays that one's. */
  campaigns: (): Partial<Doc<"campaigns">> => ({ formToken: undefined }),
};

function madeAnew(table: TenantTable): ArchivedRow {
  return MADE_ANEW[table]?.() ?? {};
}

function randomText(): string {
  return Math.random().toString(36).slice(2);
}
