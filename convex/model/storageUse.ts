import { entitlementsOf } from "../../lib/entitlements";
import { type ErrorData, sunupErrorData } from "../../lib/errors";
import { limitOf, limitWords } from "../../lib/usage";
import type { Doc } from "../_generated/dataModel";

/**
 * Room for so many bytes of a company's storage, asked for by the files wall in the
 * transaction that stores them. Null when there is room, otherwise the refusal; nothing
 * is written then. Looks at the one file only; what is stored already is not added up yet.
 */
export async function takeStorage(
  { tenant }: { tenant: Doc<"tenants"> },
  bytes: number,
  now: number,
): Promise<ErrorData | null> {
  const limit = limitOf(entitlementsOf(tenant, now).limits, "storageBytes");
  if (limit === null || bytes <= limit) return null;
  return sunupErrorData("LIMIT_REACHED", limitWords("storageBytes", { used: 0, limit }, bytes));
}
