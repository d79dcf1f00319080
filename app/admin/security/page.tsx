import type { Metadata } from "next";
import { Security } from "@/components/admin/security/Security";

export const metadata: Metadata = { title: "Security" };

export default function SecurityPage() {
  return <Security />;
}
