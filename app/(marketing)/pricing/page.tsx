import type { Metadata } from "next";
import { Pricing } from "@/components/marketing/Pricing";

export const metadata: Metadata = {
  title: "Pricing",
  description: "What Sunup costs, what each plan holds, and what happens when it is full.",
};

export default function PricingPage() {
  return <Pricing />;
}
