import type { Metadata } from "next";
import { Leads } from "@/components/leads/Leads";
import { RequirePermission } from "@/components/workspace/RequirePermission";

export const metadata: Metadata = { title: "Leads" };

export default function LeadsPage() {
  return (
    <RequirePermission permission="leads.read">
      <Leads />
    </RequirePermission>
  );
}
