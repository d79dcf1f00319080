import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.hourly("remove unclaimed files", { minuteUTC: 17 }, internal.files.sweep, {});
crons.interval("begin overdue mail", { minutes: 1 }, internal.emails.outbox.sweep, {
  overdueMs: 15_000,
});

export default crons;
