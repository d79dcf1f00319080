import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A task as lists show it. */
export type Task = FunctionReturnType<typeof api.tasks.list>["page"][number];
