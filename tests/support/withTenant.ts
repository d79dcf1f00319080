import type { Doc } from "../../convex/_generated/dataModel.js";
import { tenantWriter } from "../../convex/tenancy/rules.ts";
import { scopedWriter, type ScopedWriter } from "../../convex/tenancy/scopedDb.ts";
import type { Backend } from "./backend.ts";
import type { TestTenant } from "./tenant.ts";

/** Runs a rule of convex/model in one transaction, with the company's row and its own database. */
export async function withTenant<Result>(
  t: Backend,
  { tenantId }: TestTenant,
  run: (ctx: { tenant: Doc<"tenants">; db: ScopedWriter }) => Promise<Result>,
): Promise<Result> {
  return await t.run(async (ctx) => {
    const scope = { tenantId, memberId: null };
    const tenant = (await ctx.db.get("tenants", tenantId))!;
    return await run({ tenant, db: scopedWriter(tenantWriter(ctx.db, scope), scope) });
  });
}
