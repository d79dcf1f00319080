import type { Metadata } from "next";
import { TenantView } from "@/components/admin/tenant/TenantView";

export const metadata: Metadata = { title: "Company" };

export default async function TenantPage({ params }: { params: Promise<{ tenantId: string }> }) {
  const { tenantId } = await params;
  return <TenantView tenantId={tenantId} />;
}
