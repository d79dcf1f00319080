import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** Somebody who decides on a job's papers, as the directory shows it. */
export type Authority = FunctionReturnType<typeof api.authorities.list>["page"][number];
