import type { Metadata } from "next";
import { Campaigns } from "@/components/leads/campaigns/Campaigns";
import { RequirePermission } from "@/components/workspace/RequirePermission";

export const metadata: Metadata = { title: "Campaigns" };

export default function CampaignsPage() {
  return (
    <RequirePermission permission="campaigns.manage">
      <Campaigns />
    </RequirePermission>
  );
}
