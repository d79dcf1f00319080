import type { Limits, Plan } from "@/lib/plans";
import { LIMIT_NAMES, limitText } from "@/lib/planWords";

const NUMBER = new Intl.NumberFormat("en-US");

/** A plan's price in words: "Free", "$99 a month", "Price by agreement". */
export function planPrice({ pricePerMonthUsd }: Pick<Plan, "pricePerMonthUsd">): string {
  if (pricePerMonthUsd === null) return "Price by agreement";
  return pricePerMonthUsd === 0 ? "Free" : `$${NUMBER.format(pricePerMonthUsd)} a month`;
}

/** A plan's limits as label and value, in the order in which people ask for them. */
export function planLimitRows({
  limits,
}: Pick<Plan, "limits">): { label: string; value: string }[] {
  return (Object.keys(LIMIT_NAMES) as (keyof Limits)[]).map((limit) => ({
    label: LIMIT_NAMES[limit],
    value: limitText(limit, limits[limit]),
  }));
}
