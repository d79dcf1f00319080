import { v } from "convex/values";
import { pick } from "convex-helpers";
import { searchWords } from "../lib/search";
import type { Permission } from "../lib/roles";
import { tenantQuery } from "./tenancy/functions";

/** At most so many of each kind. */
const MAX_FOUND = 6;

/**
 * What the command palette finds: things of the caller's company in which the words are found,
 * the best match first, of each kind that the caller may read. Any active member.
 */
export const find = tenantQuery({
  permission: "member",
  args: { words: v.string() },
  returns: v.object({
    projects: v.array(
      v.object({
        _id: v.id("projects"),
        number: v.number(),
        name: v.string(),
        customerName: v.string(),
        archived: v.boolean(),
      }),
    ),
  }),
  handler: async ({ db, permissions }, args) => {
    const words = searchWords(args.words);
    const may = (permission: Permission) => permissions.includes(permission);
    const projects = may("projects.read")
      ? await db.search("projects", "search_text", words).take(MAX_FOUND)
      : [];
    return {
      projects: projects.map((project) =>
        pick(project, ["_id", "number", "name", "customerName", "archived"]),
      ),
    };
  },
});
