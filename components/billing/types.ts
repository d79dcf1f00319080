import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

export type BillingAccount = FunctionReturnType<typeof api.billing.account>;
export type MeteredUsage = FunctionReturnType<typeof api.billing.usage>[number];
