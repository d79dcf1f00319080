import type { Metadata } from "next";
import { Performance } from "@/components/admin/performance/Performance";

export const metadata: Metadata = { title: "Performance" };

export default function PerformancePage() {
  return <Performance />;
}
