import type { Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { cancelJobs } from "./jobs";
import { erasePlatformRows } from "./platformRows";
import { eraseRows } from "./rows";
import { scanTables } from "./scan";

/**
 * What erases a company past the walls that keep its trails and files. For model/erasure.ts alone:
 * it is given only for an erasure that has begun, and only of the tenant which that erasure names.
 * Each call is one batch of one transaction and may be repeated.
 */
export function eraserOf({ db, storage, scheduler }: MutationCtx) {
  return async (erasureId: Id<"erasures">) => {
    const erasure = await db.get("erasures", erasureId);
    if (erasure?.state !== "running" || erasure.tenant === undefined) return null;
    const { tenant, number: certificate } = erasure;
    return {
      rows: (from: string | null) => eraseRows({ db, storage }, tenant, from),
      platformRows: () => erasePlatformRows(db, tenant, { erasureId, certificate }),
      jobs: (from: string | null) => cancelJobs({ db, scheduler }, tenant, from),
      scan: (from: string | null) => scanTables(db, tenant, { erasureId, from }),
    };
  };
}
