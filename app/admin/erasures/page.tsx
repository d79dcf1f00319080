import type { Metadata } from "next";
import { Erasures } from "@/components/admin/erasures/Erasures";

export const metadata: Metadata = { title: "Erasures" };

export default function ErasuresPage() {
  return <Erasures />;
}
