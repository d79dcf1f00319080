import type { Metadata } from "next";
import { SupportAccess } from "@/components/settings/support/SupportAccess";

export const metadata: Metadata = { title: "Support access" };

export default function SupportAccessPage() {
  return <SupportAccess />;
}
