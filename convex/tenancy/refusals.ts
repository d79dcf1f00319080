import { describeError } from "../../lib/errors";
import type { Doc } from "../_generated/dataModel";
import type { mutation, query } from "../_generated/server";
import { logSecurity } from "./securityLog";

/** Whom each running call was found to be made by. */
const callers = new WeakMap<object, Doc<"members">>();

/** Notes who makes a call, as soon as that is known, for the case that it fails. */
export function noteCaller(ctx: object, member: Doc<"members">): void {
  callers.set(ctx, member);
}

/**
 * Convex's own builder, whose functions say in the log when they fail, and for whom: a failure
 * alone is in the deployment's log stream, but not whose call it was. Without a known caller
 * nothing is said.
 */
export function reportingFailures<Builder extends typeof query | typeof mutation>(
  builder: Builder,
): Builder {
  const reporting = (definition: Definition) =>
    (builder as (definition: Definition) => unknown)({
      ...definition,
      handler: async (ctx, args) => {
        try {
          return await definition.handler(ctx, args);
        } catch (thrown) {
          const member = callers.get(ctx);
          if (member !== undefined) reportFailure(member, thrown);
          throw thrown;
        }
      },
    });
  return reporting as unknown as Builder;
}

type Definition = { handler: (ctx: object, args: unknown) => unknown };

function reportFailure({ _id: memberId, tenantId }: Doc<"members">, thrown: unknown): void {
  const { code } = describeError(thrown);
  logSecurity({ type: "failure", code, tenantId, memberId });
}
