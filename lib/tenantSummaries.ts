import { DAY_MS } from "./days.ts";

/** In which orders staff can have the list of companies. */
export const TENANT_SORTS = ["created", "name", "activity", "usage", "revenue"] as const;
export type TenantSort = (typeof TENANT_SORTS)[number];

/** What staff should know of a company at a glance. */
export const TENANT_FLAGS = [
  "overLimit",
  "withoutAdministrator",
  "overridden",
  "trialEnding",
] as const;
export type TenantFlag = (typeof TENANT_FLAGS)[number];

/** So long before its end a trial is flagged, in milliseconds. */
export const TRIAL_ENDING_MS = 7 * DAY_MS;

/** How many of a company's administrators its summary names. */
export const NAMED_ADMINISTRATORS = 3;
