import type { Metadata } from "next";
import { LeadView } from "@/components/leads/LeadView";
import { RequirePermission } from "@/components/workspace/RequirePermission";

export const metadata: Metadata = { title: "Lead" };

export default async function LeadPage({ params }: { params: Promise<{ leadId: string }> }) {
  const { leadId } = await params;
  return (
    <RequirePermission permission="leads.read">
      <LeadView leadId={leadId} />
    </RequirePermission>
  );
}
