import { cronJobs, makeFunctionReference } from "convex/server";

const crons = cronJobs();
crons.interval("tick", { seconds: 1 }, makeFunctionReference<"mutation">("jobs:record"), {
  label: "tick",
});
crons.daily(
  "nightly",
  { hourUTC: 3, minuteUTC: 15 },
  makeFunctionReference<"mutation">("jobs:record"),
  {
    label: "nightly",
  },
);

export default crons;
