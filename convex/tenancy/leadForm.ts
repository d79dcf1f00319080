import { FORM_TOKEN } from "../../lib/leadForm/answers";
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/**
 * The campaign whose public form has this token, whichever company's it is, or null. Beside
 * an invitation's id the one way to a tenant's row without being of that tenant: the token
 * cannot be guessed, and the company gives it to whoever may fill the form in.
 */
export async function findLeadForm(
  db: DatabaseReader,
  token: string,
): Promise<Doc<"campaigns"> | null> {
  if (!FORM_TOKEN.test(token)) return null;
  return await db
    .query("campaigns")
    .withIndex("by_formToken", (q) => q.eq("formToken", token))
    .unique();
}
