import { useNow } from "@/components/ui/useNow";
import { useMember } from "@/components/workspace/MemberContext";
import { dayIn } from "@/lib/calendarDay";

/** The day where the company is, "2026-11-23"; it changes at its midnight. */
export function useToday(): string {
  const { tenant } = useMember();
  return dayIn(tenant.timeZone, useNow());
}
