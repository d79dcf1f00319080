import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A lead as the list shows it. */
export type LeadRow = FunctionReturnType<typeof api.leads.list>["page"][number];

/** A lead with everything its page shows. */
export type LeadDetail = FunctionReturnType<typeof api.leads.get>;

export type Campaign = FunctionReturnType<typeof api.campaigns.list>[number];

/** Somebody who can be given leads. */
export type LeadWorker = FunctionReturnType<typeof api.leads.workers>[number];

/** A campaign with how it works and the key of its form. */
export type CampaignSettings = FunctionReturnType<typeof api.campaigns.settings>[number];
