import { defineTable } from "convex/server";
import { v } from "convex/values";

/** Batches of the log stream that were taken, each with what took it, so that none counts twice. */
export const logBatches = defineTable({ key: v.string() }).index("by_key", ["key"]);

/** One row: when the log stream was heard last, in milliseconds, to the minute. */
export const logStreamState = defineTable({ heardAt: v.number() });
