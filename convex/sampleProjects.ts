import { v } from "convex/values";
import { sunupError } from "../lib/errors";
import { createProject } from "./model/projects";
import { projectDetails } from "./tables/projects";
import { backgroundMutation } from "./tenancy/functions";

/** What one call adds at most: some thousand documents are read and written, far below every limit of Convex. */
const MOST = 50;

/**
 * Adds projects in a member's name, as many as a member's rate limit would never let through: for
 * an operator who fills a company to try things out. Throws NOT_FOUND, INVALID.
 */
export const add = backgroundMutation({
  args: {
    memberId: v.id("members"),
    projects: v.array(
      v.object({
        name: v.string(),
        customerName: v.string(),
        stageId: v.optional(v.id("pipelineStages")),
        ...v.object(projectDetails).partial().fields,
      }),
    ),
  },
  returns: v.null(),
  handler: async ({ db }, { memberId, projects }) => {
    if (projects.length > MOST) {
      throw sunupError("INVALID", { message: `Add at most ${MOST} projects at once.` });
    }
    const member = await db.getX("members", memberId);
    for (const { stageId, ...form } of projects) {
      await createProject(db, member, form, stageId, Date.now());
    }
    return null;
  },
});
