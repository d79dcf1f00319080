/** What a lead can be. It starts as new; converted is for good, everything else can be taken back. */
export const LEAD_STATUSES = ["new", "contacted", "qualified", "lost", "converted"] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];
export const LEAD_STATUS_NAMES: Record<LeadStatus, string> = {
  new: "New",
  contacted: "Contacted",
  qualified: "Qualified",
  lost: "Lost",
  converted: "Converted",
};

/** The states of a lead that somebody still works on, in order. */
export const OPEN_LEAD_STATUSES = ["new", "contacted", "qualified"] as const;
export type OpenLeadStatus = (typeof OPEN_LEAD_STATUSES)[number];

export function isOpenStatus(status: LeadStatus): status is OpenLeadStatus {
  return (OPEN_LEAD_STATUSES as readonly LeadStatus[]).includes(status);
}

/** Why a lead came to nothing. */
export const LOST_REASONS = [
  "unreachable",
  "notInterested",
  "price",
  "financing",
  "roof",
  "outOfArea",
  "competitor",
  "duplicate",
  "other",
] as const;
export type LostReason = (typeof LOST_REASONS)[number];
export const LOST_REASON_NAMES: Record<LostReason, string> = {
  unreachable: "Could not be reached",
  notInterested: "Not interested any more",
  price: "Too expensive",
  financing: "No financing",
  roof: "Roof or site does not suit",
  outOfArea: "Outside our area",
  competitor: "Chose another installer",
  duplicate: "Was here already",
  other: "Something else",
};

/** How a lead got in: typed by a member, sent with a campaign's form, from a file. */
export const LEAD_SOURCES = ["member", "form", "import"] as const;
export type LeadSource = (typeof LEAD_SOURCES)[number];

/** What can happen to a lead, as its timeline tells it. */
export const LEAD_ACTIVITY_KINDS = [
  "created",
  "received",
  "imported",
  "changed",
  "assigned",
  "moved",
  "lost",
  "converted",
] as const;
export type LeadActivityKind = (typeof LEAD_ACTIVITY_KINDS)[number];
