import type { Metadata } from "next";
import { Permits } from "@/components/permits/Permits";

export const metadata: Metadata = { title: "Permits" };

export default function PermitsPage() {
  return <Permits />;
}
