/** Measured, under the name by which its functions schedule each other. */
export * from "../../../../../convex/archives/write";
