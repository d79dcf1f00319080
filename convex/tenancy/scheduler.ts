import type { FunctionArgs, FunctionReference, OptionalRestArgs, Scheduler } from "convex/server";
import type { Id } from "../_generated/dataModel";

/** An internal function that can run later. */
type Job = FunctionReference<"mutation" | "action", "internal">;

/** One that works for one tenant, which its arguments name. */
type TenantJob = FunctionReference<
  "mutation" | "action",
  "internal",
  // Any further arguments; the reference's own type says which.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  { tenantId: Id<"tenants"> } & Record<string, any>
>;

type JobId = Id<"_scheduled_functions">;

/**
 * Work of this tenant for later: only internal functions that take a tenant, and that
 * tenant is stamped here, so that a caller can neither forget nor choose it. Scheduled in
 * the transaction: when that rolls back, nothing was scheduled.
 */
export interface TenantScheduler {
  /** Runs `job` after `delayMs` milliseconds; 0 is as soon as the transaction is done. */
  after<Fn extends TenantJob>(
    delayMs: number,
    job: Fn,
    args: Omit<FunctionArgs<Fn>, "tenantId">,
  ): Promise<JobId>;
  /** Runs `job` at `time`, in milliseconds since 1970. */
  at<Fn extends TenantJob>(
    time: number,
    job: Fn,
    args: Omit<FunctionArgs<Fn>, "tenantId">,
  ): Promise<JobId>;
}

export function tenantScheduler(scheduler: Scheduler, tenantId: Id<"tenants">): TenantScheduler {
  return {
    after: (delayMs, job, args) =>
      scheduler.runAfter(delayMs, job, ...rest<typeof job>({ ...args, tenantId })),
    at: (time, job, args) => scheduler.runAt(time, job, ...rest<typeof job>({ ...args, tenantId })),
  };
}

/** Platform work for later: internal functions only. */
export interface SystemScheduler {
  after<Fn extends Job>(delayMs: number, job: Fn, args: FunctionArgs<Fn>): Promise<JobId>;
  at<Fn extends Job>(time: number, job: Fn, args: FunctionArgs<Fn>): Promise<JobId>;
}

export function systemScheduler(scheduler: Scheduler): SystemScheduler {
  return {
    after: (delayMs, job, args) => scheduler.runAfter(delayMs, job, ...rest<typeof job>(args)),
    at: (time, job, args) => scheduler.runAt(time, job, ...rest<typeof job>(args)),
  };
}

/** Convex's types cannot follow a generic reference; those of the interfaces above hold the rule. */
function rest<Fn extends Job>(args: object): OptionalRestArgs<Fn> {
  return [args] as unknown as OptionalRestArgs<Fn>;
}
