import { type ErrorData, sunupErrorData } from "../../lib/errors";
import { PLANS } from "../../lib/plans";
import type { Doc } from "../_generated/dataModel";

const GB = 1024 ** 3;

/**
 * Room for so many bytes of a company's storage, asked for by the files wall in the
 * transaction that stores them. Null when there is room, otherwise the refusal; nothing
 * is written then. Looks at the one file only; what is stored already is not added up yet.
 */
export async function takeStorage(
  { tenant }: { tenant: Doc<"tenants"> },
  bytes: number,
): Promise<ErrorData | null> {
  const { storageGb } = PLANS[tenant.plan].limits;
  if (storageGb === null || bytes <= storageGb * GB) return null;
  return sunupErrorData("LIMIT_REACHED", {
    message: `Your plan has room for ${storageGb} GB of files.`,
  });
}
