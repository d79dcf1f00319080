import type { Metadata } from "next";
import { OrganizationView } from "@/components/contacts/OrganizationView";

export const metadata: Metadata = { title: "Organization" };

type Params = Promise<{ organizationId: string }>;

export default async function OrganizationPage({ params }: { params: Params }) {
  const { organizationId } = await params;
  return <OrganizationView organizationId={organizationId} />;
}
