import type { Metadata } from "next";
import { LeadImport } from "@/components/leadImport/LeadImport";

export const metadata: Metadata = { title: "Import leads" };

export default function LeadImportPage() {
  return <LeadImport />;
}
