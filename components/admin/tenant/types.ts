import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A company as staff see it, live. */
export type StaffTenant = FunctionReturnType<typeof api.staff.tenants.get>;
export type TenantSummary = NonNullable<StaffTenant["summary"]>;
