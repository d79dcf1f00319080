import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A permit or an interconnection, as its project and the list show it. */
export type Permit = FunctionReturnType<typeof api.permits.ofProject>[number];
