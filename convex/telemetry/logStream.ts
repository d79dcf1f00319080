import { v } from "convex/values";
import { noteHeard, takeBatchOnce } from "../model/telemetry/batches";
import { noteFailures, unknownFunctions } from "../model/telemetry/failures";
import { takeSecurity } from "../model/telemetry/security";
import { securityLinesIn } from "../model/telemetry/securityLines";
import { systemMutation } from "../tenancy/functions";

const where = { at: v.number(), path: v.string() };

/**
 * Takes what a verified batch says of security: lines that our own functions printed, and functions
 * that were called though there are none. A batch that comes again changes nothing.
 */
export const take = systemMutation({
  args: {
    digest: v.string(),
    lines: v.array(
      v.object({
        ...where,
        requestId: v.string(),
        sunup: v.string(),
        data: v.record(v.string(), v.any()),
      }),
    ),
    unknown: v.array(v.object(where)),
  },
  returns: v.null(),
  handler: async (ctx, { digest, lines, unknown }) => {
    const now = Date.now();
    await noteHeard(ctx, now);
    if (!(await takeBatchOnce(ctx, `${digest}/security`, now))) return null;
    await takeSecurity(ctx, securityLinesIn(lines));
    await noteFailures(ctx, unknownFunctions(unknown));
    return null;
  },
});
