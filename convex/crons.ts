import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.hourly("remove unclaimed files", { minuteUTC: 17 }, internal.files.sweep, {});

export default crons;
