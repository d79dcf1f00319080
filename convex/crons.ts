import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.hourly("remove unclaimed files", { minuteUTC: 17 }, internal.files.sweep, {});
crons.daily(
  "remove old notifications",
  { hourUTC: 9, minuteUTC: 41 },
  internal.notifications.sweep,
  {},
);
crons.daily(
  "remove old webhook events",
  { hourUTC: 9, minuteUTC: 43 },
  internal.webhookEvents.sweep,
  {},
);
crons.interval(
  "follow what changed of companies",
  { minutes: 1 },
  internal.platformTotals.follow,
  {},
);
crons.interval("begin overdue mail", { minutes: 1 }, internal.emails.outbox.sweep, {
  overdueMs: 15_000,
});

crons.daily(
  "compare billing with Stripe",
  { hourUTC: 9, minuteUTC: 40 },
  internal.billing.reconcile.run,
  { after: "" },
);
crons.daily("recount what plans limit", { hourUTC: 10, minuteUTC: 10 }, internal.usageCheck.run, {
  after: 0,
});

crons.daily(
  "remove old figures of functions and companies",
  { hourUTC: 9, minuteUTC: 50 },
  internal.telemetry.performance.sweep,
  {},
);
crons.interval(
  "begin overdue mail to staff",
  { minutes: 1 },
  internal.emails.platformOutbox.sweep,
  {
    overdueMs: 15_000,
  },
);
crons.daily(
  "remove old audit lines",
  { hourUTC: 9, minuteUTC: 20 },
  internal.telemetry.retention.sweep,
  {},
);

crons.interval("go on with erasures", { minutes: 1 }, internal.erasure.sweep, {});
crons.hourly(
  "erase what was closed long enough ago",
  { minuteUTC: 27 },
  internal.erasure.eraseClosed,
  {},
);
crons.interval("follow up archives", { minutes: 1 }, internal.archives.upkeep.sweep, {});

export default crons;
