import type { Metadata } from "next";
import { Costs } from "@/components/admin/costs/Costs";

export const metadata: Metadata = { title: "Costs" };

export default function CostsPage() {
  return <Costs />;
}
