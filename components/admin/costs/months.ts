/** Months that figures are kept for: this one and the two before it, newest first, as "2026-11". */
export function monthsUntil(now: number): string[] {
  const today = new Date(now);
  return [0, 1, 2].map((back) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 7),
  );
}

/** "November 2026" */
export function monthWords(month: string): string {
  return new Intl.DateTimeFormat("en-US", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-01T00:00:00Z`));
}

/** Dollars, with as many digits as little money needs: "$12.50", "$0.0042". */
export function dollars(usd: number): string {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: usd < 0.1 ? 4 : 2,
  }).format(usd);
}
