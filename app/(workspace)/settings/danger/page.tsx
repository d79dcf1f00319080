import type { Metadata } from "next";
import { DangerZone } from "@/components/settings/danger/DangerZone";

export const metadata: Metadata = { title: "Danger zone" };

export default function DangerPage() {
  return <DangerZone />;
}
