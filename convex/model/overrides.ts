import {
  type EntitlementOverride,
  type OverrideTarget,
  type OverrideValue,
  sameTarget,
} from "../../lib/entitlements";
import { sunupError } from "../../lib/errors";
import { FEATURE_NAMES, LIMIT_NAMES, overrideText } from "../../lib/planWords";
import type { Doc } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import { changesBetween, recordAudit } from "./audit";
import { requireFuture } from "./staffExpiry";
import { type By, dayOf } from "./tenantStatus";

/** Limits and features that Sunup's staff set for one company alone: lib/entitlements.ts. */
type OverrideCtx = TenantWriteCtx & {
  tenant: Doc<"tenants">;
  patchTenant: (change: Pick<Doc<"tenants">, "overrides">) => Promise<void>;
};

type Change = Doc<"auditLog">["changes"];

/** More of anything than a limit can name; whoever needs more has no limit. */
const HIGHEST_LIMIT = 1_000_000;

/**
 * Sets a limit or feature, in place of what was set of it before. Answers with what changed.
 * Throws INVALID (value, expiresAt).
 */
export async function setOverride(
  ctx: OverrideCtx,
  { expiresAt, ...wanted }: OverrideValue & { expiresAt?: number },
  by: By & { reason: string; name: string },
  now: number,
): Promise<Change> {
  requireFuture(expiresAt, now);
  if ("limit" in wanted) requireLimit(wanted.value);
  const details = { reason: by.reason, by: by.name, at: now, expiresAt };
  const override: EntitlementOverride = { ...(wanted as OverrideValue), ...details };
  return await replaceOverride(ctx, wanted as OverrideValue, override, by);
}

/** Takes back what was set of a limit or feature; without anything it does nothing. */
export async function resetOverride(
  ctx: OverrideCtx,
  target: OverrideTarget,
  by: By,
): Promise<Change> {
  if (!ctx.tenant.overrides?.some((each) => sameTarget(each, target))) return [];
  return await replaceOverride(ctx, target, null, by);
}

async function replaceOverride(
  ctx: OverrideCtx,
  target: OverrideTarget,
  override: EntitlementOverride | null,
  { actor, reason }: By,
): Promise<Change> {
  const { tenant, patchTenant } = ctx;
  const all = tenant.overrides ?? [];
  const before = all.findLast((each) => sameTarget(each, target)) ?? null;
  const others = all.filter((each) => !sameTarget(each, target));
  const overrides = override === null ? others : [...others, override];
  await patchTenant({ overrides: overrides.length === 0 ? undefined : overrides });
  const name = nameOf(target);
  const changes = changesBetween(
    { [name]: before && overrideText(before), "set until": dayOf(before?.expiresAt) },
    { [name]: override && overrideText(override), "set until": dayOf(override?.expiresAt) },
  );
  await recordAudit(ctx, {
    action: override === null ? "company.overrideReset" : "company.overrideSet",
    actor,
    subject: name,
    changes,
    ...(reason ? { reason } : {}),
  });
  return changes;
}

/** What an override is of, by its name. */
export function nameOf(target: OverrideTarget): string {
  return "limit" in target ? LIMIT_NAMES[target.limit] : FEATURE_NAMES[target.feature];
}

function requireLimit(value: number | null): void {
  const fits = value === null || (Number.isInteger(value) && value >= 0 && value <= HIGHEST_LIMIT);
  if (fits) return;
  throw sunupError("INVALID", {
    field: "value",
    message: "A limit is a whole number from 0 to 1,000,000, or none.",
  });
}
