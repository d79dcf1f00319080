import type { Metadata } from "next";
import { Landing } from "@/components/marketing/Landing";

export const metadata: Metadata = {
  title: { absolute: "Sunup: software for solar installation companies" },
  description:
    "Leads and projects of a solar installation company in one live pipeline, from signed contract to permission to operate.",
};

export default function LandingPage() {
  return <Landing />;
}
