import type { StorageWriter } from "convex/server";
import { UPLOAD_LIFETIME_MS } from "../../lib/files";
import type { DatabaseWriter } from "../_generated/server";
import { isTaken } from "./archive/segments";

/** Stored files that one sweep looks at. */
const BATCH = 200;

/** By now every upload has been claimed, or can no longer be. Milliseconds. */
const SETTLED_AFTER_MS = 2 * UPLOAD_LIFETIME_MS;

/**
 * Removes stored files that nobody claimed. Looks at each stored file once, in the order
 * in which they were stored, and remembers where it stopped: what it costs follows what
 * came since, not what is there. True when there is more to look at.
 */
export function fileSweep({ db, storage }: { db: DatabaseWriter; storage: StorageWriter }) {
  return async (now: number): Promise<boolean> => {
    const last = await db.query("fileSweeps").first();
    const stored = await db.system
      .query("_storage")
      .withIndex("by_creation_time", (q) =>
        q.gt("_creationTime", last?.sweptUntil ?? 0).lt("_creationTime", now - SETTLED_AFTER_MS),
      )
      .take(BATCH);
    for (const { _id } of stored) {
      const isOwned = await isTaken(db, _id);
      if (!isOwned) await storage.delete(_id);
    }
    const sweptUntil = stored.at(-1)?._creationTime;
    if (sweptUntil === undefined) return false;
    if (last === null) await db.insert("fileSweeps", { sweptUntil });
    else await db.patch("fileSweeps", last._id, { sweptUntil });
    return stored.length === BATCH;
  };
}
