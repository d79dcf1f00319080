/** What a restoring has counted at its end. */
export * from "../../../../convex/stageRecount";
