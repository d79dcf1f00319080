import { v } from "convex/values";
import { noteHeard, takeBatchOnce } from "../model/telemetry/batches";
import { systemMutation } from "../tenancy/functions";

/** Takes what a verified batch says of security. A batch that comes again changes nothing. */
export const take = systemMutation({
  args: { digest: v.string() },
  returns: v.null(),
  handler: async (ctx, { digest }) => {
    const now = Date.now();
    await noteHeard(ctx, now);
    if (!(await takeBatchOnce(ctx, `${digest}/security`, now))) return null;
    return null;
  },
});
