import type { FunctionReference } from "convex/server";
import { api } from "../../convex/_generated/api.js";

const page = (numItems: number) => ({ paginationOpts: { numItems, cursor: null } });

/** What the dashboard asks for. */
export const DASHBOARD = [
  [api.members.me, {}],
  [api.pipelineStages.list, {}],
  [api.pipelineStages.totals, {}],
  [api.projects.overdue, { before: Date.UTC(2100, 0) }],
  [api.projects.list, page(5)],
  [api.tasks.list, { ...page(25), whose: "mine", state: "open" }],
  [api.activity.recent, page(15)],
  [api.leads.allowance, {}],
  [api.campaigns.list, {}],
  [api.notifications.unread, {}],
] as const satisfies [FunctionReference<"query">, object][];
