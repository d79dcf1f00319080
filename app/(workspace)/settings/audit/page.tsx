import type { Metadata } from "next";
import { AuditTrail } from "@/components/settings/audit/AuditTrail";

export const metadata: Metadata = { title: "Audit trail" };

export default function AuditPage() {
  return <AuditTrail />;
}
