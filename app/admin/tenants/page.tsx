import type { Metadata } from "next";
import { Tenants } from "@/components/admin/tenants/Tenants";

export const metadata: Metadata = { title: "Companies" };

export default function TenantsPage() {
  return <Tenants />;
}
