/** US cents as dollars, without cents when they are zero: 1250000 -> "$12,500". */
export function formatCents(cents: number): string {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(cents / 100);
}

/** Kilowatts (DC) with at most two decimals: 8.4 -> "8.4 kW". */
export function formatKw(kilowatts: number): string {
  return `${new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }).format(kilowatts)} kW`;
}

/** A day in the reader's own time zone: "Nov 23, 2026". */
export function formatDate(milliseconds: number): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "medium" }).format(milliseconds);
}

/** A moment, "Nov 23, 2026, 4:05 PM", in the time zone or else in the reader's own. */
export function formatMoment(milliseconds: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-US", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  }).format(milliseconds);
}

/** The time of day in the time zone: "4:05 PM". */
export function formatTime(milliseconds: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone }).format(milliseconds);
}

/** A day without a time or a zone: "2026-11-23" -> "Nov 23, 2026". */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

const STEPS: readonly [limitMs: number, unit: Intl.RelativeTimeFormatUnit, unitMs: number][] = [
  [60 * 60_000, "minute", 60_000],
  [24 * 60 * 60_000, "hour", 60 * 60_000],
  [30 * 24 * 60 * 60_000, "day", 24 * 60 * 60_000],
];

/** How far a moment is from `now`: "just now", "2 hours ago", "in 5 days"; a date beyond a month. */
export function formatRelative(milliseconds: number, now: number): string {
  const distance = milliseconds - now;
  const size = Math.abs(distance);
  if (size < 60_000) return "just now";
  const step = STEPS.find(([limit]) => size < limit);
  if (!step) return formatDate(milliseconds);
  const [, unit, unitMs] = step;
  return new Intl.RelativeTimeFormat("en-US").format(Math.round(distance / unitMs), unit);
}

/** A project's number as people say it: 7 -> "P-0007". */
export function formatProjectNumber(number: number): string {
  return `P-${String(number).padStart(4, "0")}`;
}

/** Bytes as files are measured: 1536 -> "1.5 KB". */
export function formatBytes(bytes: number): string {
  const steps = ["bytes", "KB", "MB", "GB"] as const;
  const step = Math.min(steps.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const figure = new Intl.NumberFormat("en-US", { maximumFractionDigits: step < 2 ? 0 : 1 });
  return `${figure.format(bytes / 1024 ** step)} ${steps[step]}`;
}
