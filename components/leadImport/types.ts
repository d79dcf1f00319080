import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** An import with how far it got. */
export type ImportRow = FunctionReturnType<typeof api.leadImports.get>;
