import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

export type TenantRow = FunctionReturnType<typeof api.staff.tenants.list>["page"][number];
export type TenantsQuery = Omit<FunctionArgs<typeof api.staff.tenants.list>, "paginationOpts">;
