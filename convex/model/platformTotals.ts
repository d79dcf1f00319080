import {
  FUNNEL_DAYS,
  FUNNEL_STEPS,
  daysUpTo,
  monthsUpTo,
  REVENUE_MONTHS,
  sameShare,
  type Share,
  SIGN_UP_DAYS,
  stepsOf,
  utcDay,
} from "../../lib/platformTotals";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx, SystemReadCtx } from "../tenancy/functions";
import { summaryOf } from "./tenantSummaries";

type Ctx = Pick<SystemCtx, "platform">;
type ReadCtx = { platform: Pick<SystemReadCtx["platform"], "query"> };
type Totals = Pick<Doc<"platformTotals">, "companies" | "mrrCents">;
type Month = Pick<Doc<"platformMonths">, "month" | "days" | "mrrCents">;

/** Changes of one run; when there are more, the next run follows at once. */
export const CHANGES_AT_ONCE = 100;

/**
 * Moves the totals by what has changed since the last run. A company that changed often counts
 * once, as it is now, so runs can be repeated, lost or come twice. Returns how many changes it took up.
 */
export async function countChanges({ platform }: Ctx, now: number): Promise<number> {
  const changes = await platform.query("platformChanges").take(CHANGES_AT_ONCE);
  if (changes.length === 0) return 0;
  const sums = await openSums({ platform }, now);
  for (const tenant of new Set(changes.map((change) => change.tenant))) {
    await countCompany({ platform }, tenant, sums);
  }
  await sums.close();
  for (const { _id } of changes) await platform.delete("platformChanges", _id);
  return changes.length;
}

async function countCompany(
  { platform }: Ctx,
  tenant: Id<"tenants">,
  sums: Awaited<ReturnType<typeof openSums>>,
): Promise<void> {
  const summary = await summaryOf({ platform }, tenant);
  if (summary === null) return;
  const known = await platform
    .query("platformShares")
    .withIndex("by_tenant", (q) => q.eq("tenant", tenant))
    .unique();
  const { createdAt, plan, status, mrrCents } = summary;
  const steps = stepsOf(summary, known?.steps ?? []);
  const share: Share = { day: utcDay(createdAt), plan, status, mrrCents, steps };
  if (known !== null && sameShare(known, share)) return;
  if (known !== null) await sums.add(known, -1);
  await sums.add(share, 1);
  if (known === null) await platform.insert("platformShares", { tenant, ...share });
  else await platform.patch("platformShares", known._id, share);
}

/**
 * Takes a company out of the totals, for its erasure: it is counted no more, and its share's row is
 * gone. That it signed up once stays in its month, which names nobody. Safe to repeat.
 */
export async function leaveTotals(
  { platform }: Ctx,
  tenant: Id<"tenants">,
  now: number,
): Promise<void> {
  const share = await platform
    .query("platformShares")
    .withIndex("by_tenant", (q) => q.eq("tenant", tenant))
    .unique();
  if (share === null) return;
  const sums = await openSums({ platform }, now);
  sums.leave(share);
  await sums.close();
  await platform.delete("platformShares", share._id);
}

/** The totals and the months that shares touch, read once and written once. */
async function openSums({ platform }: Ctx, now: number) {
  const stored = await platform.query("platformTotals").first();
  const totals: Totals = { companies: stored?.companies ?? [], mrrCents: stored?.mrrCents ?? 0 };
  const months = new Map<string, { row: Doc<"platformMonths"> | null; month: Month }>();
  let moved = false;

  async function monthOf(name: string): Promise<Month> {
    const open = months.get(name);
    if (open) return open.month;
    const row = await platform
      .query("platformMonths")
      .withIndex("by_month", (q) => q.eq("month", name))
      .unique();
    const month = { month: name, days: row?.days ?? [], mrrCents: row?.mrrCents };
    months.set(name, { row, month });
    return month;
  }

  function addToTotals(share: Share, sign: 1 | -1): void {
    moved = true;
    totals.companies = withCompany(totals.companies, share, sign);
    totals.mrrCents += sign * share.mrrCents;
  }

  return {
    /** Takes a share out of the totals, and leaves the months as they were. */
    leave: (share: Share) => addToTotals(share, -1),
    /** Adds a share, or takes it away (`sign` -1). */
    async add(share: Share, sign: 1 | -1): Promise<void> {
      addToTotals(share, sign);
      const month = await monthOf(share.day.slice(0, 7));
      month.days = withSignUp(month.days, share, sign);
    },
    async close(): Promise<void> {
      if (!moved) return;
      (await monthOf(utcDay(now).slice(0, 7))).mrrCents = totals.mrrCents;
      const changed = { ...totals, changedAt: now };
      if (stored === null) await platform.insert("platformTotals", changed);
      else await platform.patch("platformTotals", stored._id, changed);
      for (const { row, month } of months.values()) {
        if (row === null) await platform.insert("platformMonths", month);
        else await platform.patch("platformMonths", row._id, month);
      }
    },
  };
}

function withCompany(
  companies: Totals["companies"],
  { plan, status }: Share,
  sign: number,
): Totals["companies"] {
  const isIt = (each: Totals["companies"][number]) => each.plan === plan && each.status === status;
  const count = (companies.find(isIt)?.count ?? 0) + sign;
  const others = companies.filter((each) => !isIt(each));
  return count > 0 ? [...others, { plan, status, count }] : others;
}

function withSignUp(days: Month["days"], { day, steps }: Share, sign: number): Month["days"] {
  const known = days.find((each) => each.day === day);
  const counts = { signUps: 0, firstProject: 0, secondMember: 0, tenProjects: 0, ...known, day };
  counts.signUps += sign;
  for (const step of steps) counts[step] += sign;
  return [...days.filter((each) => each.day !== day), counts].sort((a, b) =>
    a.day.localeCompare(b.day),
  );
}

/** The figures of the overview, as of `today` ("2026-11-23", UTC). Reads a row a month at most. */
export async function readTotals({ platform }: ReadCtx, today: string) {
  const totals = await platform.query("platformTotals").first();
  const months = monthsUpTo(today, REVENUE_MONTHS);
  const rows = await platform
    .query("platformMonths")
    .withIndex("by_month", (q) => q.gte("month", months[0]!).lte("month", months.at(-1)!))
    .take(REVENUE_MONTHS);
  const earlier = await platform
    .query("platformMonths")
    .withIndex("by_month", (q) => q.lt("month", months[0]!))
    .order("desc")
    .first();
  const byDay = new Map(rows.flatMap(({ days }) => days).map((each) => [each.day, each]));
  const cohort = daysUpTo(today, FUNNEL_DAYS).flatMap((day) => byDay.get(day) ?? []);
  const sumOf = (field: "signUps" | (typeof FUNNEL_STEPS)[number]) =>
    cohort.reduce((sum, each) => sum + each[field], 0);
  return {
    companies: totals?.companies ?? [],
    mrrCents: totals?.mrrCents ?? 0,
    changedAt: totals?.changedAt,
    signUps: daysUpTo(today, SIGN_UP_DAYS).map((day) => ({
      day,
      count: byDay.get(day)?.signUps ?? 0,
    })),
    funnel: [
      { step: "signUps" as const, count: sumOf("signUps") },
      ...FUNNEL_STEPS.map((step) => ({ step, count: sumOf(step) })),
    ],
    revenue: revenueOf(months, rows, earlier?.mrrCents),
  };
}

/** A month in which nothing changed ended as the one before it; months before the first are left out. */
function revenueOf(
  months: string[],
  rows: Doc<"platformMonths">[],
  before: number | undefined,
): { month: string; mrrCents: number }[] {
  const known = new Map(rows.map(({ month, mrrCents }) => [month, mrrCents]));
  let last = before;
  return months.flatMap((month) => {
    last = known.get(month) ?? last;
    return last === undefined ? [] : [{ month, mrrCents: last }];
  });
}
