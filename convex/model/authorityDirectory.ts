import type { PaginationOptions, PaginationResult } from "convex/server";
import type { AuthorityKind } from "../../lib/authorities";
import { searchWords } from "../../lib/search";
import type { Doc } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

/** A search shows at most so many. */
const MAX_FOUND = 20;

/** A page of the directory by name, of one kind or of both. */
export async function listAuthorities(
  db: ScopedReader,
  { kind, archived }: { kind?: AuthorityKind; archived: boolean },
  page: PaginationOptions,
): Promise<PaginationResult<Doc<"authorities">>> {
  const all = db.query("authorities");
  const ordered =
    kind === undefined
      ? all.withIndex("by_tenant_archived_name", (q) => q.eq("archived", archived))
      : all.withIndex("by_tenant_kind_archived_name", (q) =>
          q.eq("kind", kind).eq("archived", archived),
        );
  return await ordered.paginate(page);
}

/** Authorities of the directory in whose name the words are found; without words, the first by name. */
export async function findAuthorities(
  db: ScopedReader,
  { text, kind }: { text: string; kind?: AuthorityKind },
): Promise<Doc<"authorities">[]> {
  const words = searchWords(text);
  if (words === "") {
    const first = { numItems: MAX_FOUND, cursor: null };
    return (await listAuthorities(db, { kind, archived: false }, first)).page;
  }
  const where = { archived: false, ...(kind === undefined ? {} : { kind }) };
  return await db.search("authorities", "search_name", words, where).take(MAX_FOUND);
}
