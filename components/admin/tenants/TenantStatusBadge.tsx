import { Badge } from "@mantine/core";
import type { TenantStatus } from "@/lib/tenantStatus";
import { TENANT_STATUS_NAMES } from "./tenantWords";

const COLORS: Record<TenantStatus, string> = {
  active: "green",
  pastDue: "sun",
  suspended: "red",
  closing: "sun",
  closed: "gray",
};

/** A company's status as a small label. The word carries the meaning, the colour repeats it. */
export function TenantStatusBadge({ status }: { status: TenantStatus }) {
  return (
    <Badge
      color={COLORS[status]}
      variant={status === "active" ? "light" : "outline"}
      tt="none"
      flex="none"
    >
      {TENANT_STATUS_NAMES[status]}
    </Badge>
  );
}
