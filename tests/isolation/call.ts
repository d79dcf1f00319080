import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import type { Backend } from "../support/backend.ts";
import type { RegisteredFunction } from "./functions.ts";

/** What a call answers, as something to compare: its value, or the code it was refused with. */
export type Answer = { value: unknown } | { refused: unknown };

/** Calls a public function as someone. Throws only what is not one of Sunup's own refusals. */
export async function call(
  as: Pick<Backend, "query" | "mutation">,
  { path, kind }: Pick<RegisteredFunction, "path" | "kind">,
  args: Record<string, unknown>,
): Promise<Answer> {
  try {
    const value =
      kind === "query"
        ? await as.query(makeFunctionReference<"query">(path), args)
        : await as.mutation(makeFunctionReference<"mutation">(path), args);
    return { value };
  } catch (error) {
    if (error instanceof ConvexError) return { refused: (error.data as { code: string }).code };
    throw error;
  }
}

/** An id that was good once: a copy of the row `like`, made and removed again. */
export async function removedId(t: Backend, table: string, like: string): Promise<string> {
  return await t.run(async (ctx) => {
    if (table === "_storage") {
      const stored = await ctx.storage.store(new Blob(["nobody's"]));
      await ctx.storage.delete(stored);
      return stored;
    }
    const row = (await ctx.db.get(table as "projects", like as never))!;
    const { _id, _creationTime, ...copy } = row;
    const id = await ctx.db.insert(table as "projects", copy);
    await ctx.db.delete(table as "projects", id);
    return id;
  });
}

/** Ids of a tenant's rows of a table, oldest first; of `_storage`, those of what it has sent. */
export async function idsOf(t: Backend, table: string, tenantId: string): Promise<string[]> {
  return await t.run(async ({ db }) => {
    if (table === "_storage") {
      const own = [
        ...(await db.query("files").collect()),
        ...(await db.query("fileUploads").collect()),
      ]
        .filter((row) => row.tenantId === tenantId)
        .map(({ sha256 }) => sha256);
      const stored = await db.system.query("_storage").collect();
      const isOwn = (digest: string) => own.includes(Buffer.from(digest, "base64").toString("hex"));
      const segments = (await db.query("archiveSegments").collect())
        .filter((row) => row.tenantId === tenantId)
        .map(({ storageId }) => storageId);
      return stored
        .filter(({ _id, sha256 }) => isOwn(sha256) || segments.includes(_id))
        .map(({ _id }) => _id);
    }
    const rows = await db.query(table as "projects").collect();
    return rows.filter((row) => row.tenantId === tenantId).map(({ _id }) => _id);
  });
}

/** The arguments with an id in the place that `path` names: "ownerId", "crewIds[]", "rows[].stageId". */
export function withId(
  args: Record<string, unknown>,
  path: string,
  id: unknown,
): Record<string, unknown> {
  return put(args, path.split("."), id) as Record<string, unknown>;
}

function put(value: unknown, [first, ...rest]: string[], id: unknown): unknown {
  if (first === undefined) return id;
  const name = first.replace("[]", "");
  const inner = (value as Record<string, unknown> | undefined)?.[name];
  const placed = first.endsWith("[]")
    ? [put(Array.isArray(inner) ? inner[0] : undefined, rest, id)]
    : put(inner, rest, id);
  return { ...(value as object), [name]: placed };
}
