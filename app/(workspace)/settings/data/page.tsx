import type { Metadata } from "next";
import { YourData } from "@/components/settings/data/YourData";

export const metadata: Metadata = { title: "Your data" };

export default function DataPage() {
  return <YourData />;
}
