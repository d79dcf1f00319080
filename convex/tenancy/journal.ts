import { pick } from "convex-helpers";
import type { Doc } from "../_generated/dataModel";
import { changesBetween } from "../model/audit";
import type { ScopedWriter } from "./scopedDb";
import { isAppendOnly } from "./tables";

type Change = Doc<"auditLog">["changes"][number];

/** One line keeps at most so many changes, each with at most so many characters. */
const MAX_CHANGES = 30;
const MAX_TEXT = 300;

/** Fields that only repeat others: for order, search and recognition. */
const DERIVED = new Set([
  ...["searchText", "sortName", "sortKey", "phoneKey", "emailKey", "updatedAt", "revision"],
  ...["changedBy", "changedAt"],
]);

/** Fields that open something to whoever reads them: a trail says only that they changed. */
const KEYS = new Set(["formToken"]);

/** Tables that only count what others hold. */
const COUNTS = new Set(["stageTotals", "usage", "contactMatches"]);

/**
 * A company's database that notes what is changed through it, field by field. For staff in a
 * company: whatever a mutation leaves in the company's own timelines, all of it is told.
 */
export function journaled(db: ScopedWriter) {
  const changes: Change[] = [];
  let audited = false;
  const note = (...noted: Change[]) => changes.push(...noted);
  const writer: ScopedWriter = {
    ...db,
    async insert(table, value) {
      const id = await db.insert(table, value);
      if (table === "auditLog") audited = true;
      if (!isAppendOnly(table) && !COUNTS.has(table)) {
        note({ field: table, before: "", after: nameIn(value) ?? "added" });
      }
      return id;
    },
    async patch(table, id, value) {
      const before: Record<string, unknown> = await db.getX(table, id);
      await db.patch(table, id, value);
      if (COUNTS.has(table)) return;
      const fields = Object.keys(value).filter((field) => !DERIVED.has(field));
      const differing = changesBetween(pick(before, fields), pick(value as typeof before, fields));
      note(...differing.map((change) => of(table, change)));
    },
    async replace(table, id, value) {
      const { _id, _creationTime, tenantId, ...before } = await db.getX(table, id);
      await db.replace(table, id, value);
      const differing = changesBetween(before, value as Record<string, unknown>);
      note(...differing.map((change) => of(table, change)));
    },
    async delete(table, id) {
      const before = await db.getX(table, id);
      await db.delete(table, id);
      if (!COUNTS.has(table))
        note({ field: table, before: nameIn(before) ?? "removed", after: "" });
    },
  };
  return {
    db: writer,
    /** What was changed so far, and whether the company's audit trail was told already. */
    read: () => ({ changes: changes.slice(0, MAX_CHANGES).map(shortened), audited }),
  };
}

function of(table: string, { field, before, after }: Change): Change {
  const named = `${table}.${field}`;
  return KEYS.has(field)
    ? { field: named, before: before && "old", after: after && "new" }
    : { field: named, before, after };
}

function nameIn(row: object): string | undefined {
  const { name, title } = row as { name?: unknown; title?: unknown };
  return [name, title].find((each) => typeof each === "string");
}

function shortened({ field, before, after }: Change): Change {
  return { field, before: cut(before), after: cut(after) };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_TEXT ? text : `${characters.slice(0, MAX_TEXT - 1).join("")}…`;
}
