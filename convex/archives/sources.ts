import { v } from "convex/values";
import { pick } from "convex-helpers";
import { segmentAt } from "../model/archives";
import { backgroundQuery } from "../tenancy/functions";

/** Where a file of the company is stored, for tenancy/archive/bytes.ts alone; null when it is gone. */
export const file = backgroundQuery({
  args: { fileId: v.id("files") },
  returns: v.union(v.id("_storage"), v.null()),
  handler: async ({ db }, { fileId }) => (await db.get("files", fileId))?.storageId ?? null,
});

/** The segment of an archive that holds byte `at`, for tenancy/archive/bytes.ts alone; null behind the end. */
export const segment = backgroundQuery({
  args: { archiveId: v.id("archives"), at: v.number() },
  returns: v.union(
    v.object({ start: v.number(), bytes: v.number(), storageId: v.id("_storage") }),
    v.null(),
  ),
  handler: async ({ db }, { archiveId, at }) => {
    const found = await segmentAt(db, archiveId, at);
    return found && pick(found, ["start", "bytes", "storageId"]);
  },
});
