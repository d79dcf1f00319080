import type { Metadata } from "next";
import { CompanySettings } from "@/components/settings/company/CompanySettings";

export const metadata: Metadata = { title: "Company" };

export default function CompanyPage() {
  return <CompanySettings />;
}
