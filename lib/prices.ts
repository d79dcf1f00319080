/**
 * What Sunup's suppliers ask, at list price, in US dollars; the one place that knows. A price that
 * changes gets a new date. What a plan includes is left out of a company's cost: the next company
 * costs the marginal price.
 */
export type Price = {
  usd: number;
  per: string;
  source: string;
  /** The day on which it was read there; null for what is usual and was not looked up yet. */
  readOn: string | null;
};

const CONVEX = { source: "docs.convex.dev/production/state/limits", readOn: "2026-11-24" };

export const GIB = 1024 ** 3;

/** Convex, plan Professional, US regions. */
export const CONVEX_PRICES = {
  calls: { usd: 2, per: "1,000,000 function calls", ...CONVEX },
  databaseIo: { usd: 0.2, per: "GiB read or written", ...CONVEX },
  databaseStorage: { usd: 0.2, per: "GiB and month", ...CONVEX },
  actionCompute: { usd: 0.3, per: "GiB-hour", ...CONVEX },
  fileStorage: { usd: 0.03, per: "GiB and month", ...CONVEX },
  egress: { usd: 0.12, per: "GiB sent", ...CONVEX },
} as const satisfies Record<string, Price>;

/** What is paid whatever happens, a month: Sunup's base fee. */
export const BASE_PRICES = {
  convex: {
    ...{ usd: 25, per: "developer and month (Professional)" },
    ...{ ...CONVEX, readOn: "2026-11-23" },
  },
  hosting: {
    ...{ usd: 20, per: "developer and month (Vercel Pro)" },
    ...{ source: "vercel.com/pricing", readOn: null },
  },
  mail: {
    ...{ usd: 20, per: "month (Resend Pro: 50,000 mails)" },
    ...{ source: "resend.com/changelog/pay-as-you-go-pricing", readOn: "2026-11-24" },
  },
  people: {
    ...{ usd: 25, per: "month (Clerk Pro: 50,000 retained users)" },
    ...{ source: "clerk.com/articles/clerk-pricing-explained", readOn: "2026-11-23" },
  },
} as const satisfies Record<string, Price>;

/** What a company used in some time. */
export type PricedUsage = {
  calls: number;
  bytesRead: number;
  bytesWritten: number;
  egressBytes: number;
};

/** What keeping so many bytes of files costs at Convex, in US dollars a month. */
export function fileStorageCost(bytes: number): number {
  return (bytes / GIB) * CONVEX_PRICES.fileStorage.usd;
}

/** What that costs at Convex, in US dollars. Stored data is not in it: that costs by the month. */
export function usageCost({ calls, bytesRead, bytesWritten, egressBytes }: PricedUsage): number {
  return (
    (calls / 1e6) * CONVEX_PRICES.calls.usd +
    ((bytesRead + bytesWritten) / GIB) * CONVEX_PRICES.databaseIo.usd +
    (egressBytes / GIB) * CONVEX_PRICES.egress.usd
  );
}
