import { Badge } from "@mantine/core";
import { LEAD_STATUS_NAMES, type LeadStatus } from "@/lib/leadStatus";

const COLORS: Record<LeadStatus, string> = {
  new: "lake",
  contacted: "lake",
  qualified: "green",
  lost: "gray",
  converted: "green",
};

/** A lead's status as a small label. The word carries the meaning, the colour repeats it. */
export function LeadStatusBadge({ status, size }: { status: LeadStatus; size?: "lg" }) {
  return (
    <Badge
      color={COLORS[status]}
      variant={status === "new" ? "outline" : "light"}
      size={size ?? "md"}
      tt="none"
      // A long name beside it wraps; the status is read whole.
      flex="none"
    >
      {LEAD_STATUS_NAMES[status]}
    </Badge>
  );
}
