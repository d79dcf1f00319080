import type { Metadata } from "next";
import { SurveyView } from "@/components/surveys/form/SurveyView";

export const metadata: Metadata = { title: "Survey" };

export default async function SurveyPage({ params }: { params: Promise<{ surveyId: string }> }) {
  const { surveyId } = await params;
  return <SurveyView surveyId={surveyId} />;
}
