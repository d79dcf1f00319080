import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

export type Offer = FunctionReturnType<typeof api.joining.offer>;

/** An invitation that is good. */
export type OpenOffer = Extract<Offer, { status: "open" }>;
