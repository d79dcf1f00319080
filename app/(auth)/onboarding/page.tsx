import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Onboarding } from "@/components/onboarding/Onboarding";

export const metadata: Metadata = { title: "Setting up" };

export default async function OnboardingPage() {
  if (!(await auth()).userId) redirect("/sign-in?redirect_url=%2Fonboarding");
  return <Onboarding />;
}
