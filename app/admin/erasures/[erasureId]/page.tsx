import type { Metadata } from "next";
import { ErasureView } from "@/components/admin/erasures/ErasureView";

export const metadata: Metadata = { title: "Erasure" };

export default async function ErasurePage({ params }: { params: Promise<{ erasureId: string }> }) {
  const { erasureId } = await params;
  return <ErasureView erasureId={erasureId} />;
}
