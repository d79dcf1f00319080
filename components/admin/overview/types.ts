import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** The figures of all companies together. */
export type PlatformTotals = FunctionReturnType<typeof api.staff.overview.totals>;
