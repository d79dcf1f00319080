import { v } from "convex/values";
import { pick } from "convex-helpers";
import type { Permission } from "../lib/roles";
import { searchWords } from "../lib/search";
import { leadStatus } from "./tables/leads";
import { tenantQuery } from "./tenancy/functions";

/** At most so many of each kind. */
const MAX_FOUND = 5;

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
    leads: v.array(
      v.object({
        _id: v.id("leads"),
        name: v.string(),
        email: v.optional(v.string()),
        status: leadStatus,
      }),
    ),
    contacts: v.array(v.object({ _id: v.id("contacts"), name: v.string(), email: v.string() })),
    organizations: v.array(v.object({ _id: v.id("organizations"), name: v.string() })),
  }),
  handler: async ({ db, permissions }, args) => {
    const words = searchWords(args.words);
    const ifMay = async <Row>(permission: Permission, search: () => Promise<Row[]>) =>
      permissions.includes(permission) ? await search() : [];
    const [projects, leads, contacts, organizations] = await Promise.all([
      ifMay("projects.read", () => db.search("projects", "search_text", words).take(MAX_FOUND)),
      ifMay("leads.read", () => db.search("leads", "search_text", words).take(MAX_FOUND)),
      ifMay("contacts.read", () =>
        db.search("contacts", "search_text", words, { state: "active" }).take(MAX_FOUND),
      ),
      ifMay("contacts.read", () =>
        db.search("organizations", "search_name", words, { archived: false }).take(MAX_FOUND),
      ),
    ]);
    return {
      projects: projects.map((each) =>
        pick(each, ["_id", "number", "name", "customerName", "archived"]),
      ),
      leads: leads.map((each) => pick(each, ["_id", "name", "email", "status"])),
      contacts: contacts.map((each) => pick(each, ["_id", "name", "email"])),
      organizations: organizations.map((each) => pick(each, ["_id", "name"])),
    };
  },
});
