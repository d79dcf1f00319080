import type { Metadata } from "next";
import { Surveys } from "@/components/surveys/Surveys";

export const metadata: Metadata = { title: "Surveys" };

export default function SurveysPage() {
  return <Surveys />;
}
