import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** An erasure as staff see it, live. */
export type Erasure = FunctionReturnType<typeof api.staff.erasures.get>;
