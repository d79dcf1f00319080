/** The functions that are measured, under the name by which they schedule each other. */
export * from "../../../../convex/erasure";
