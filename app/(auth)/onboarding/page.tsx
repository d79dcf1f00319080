import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthLoading } from "@/components/auth/AuthShell";
import { Onboarding } from "@/components/onboarding/Onboarding";
import { OwnDeployment } from "@/components/providers/Deployments";

export const metadata: Metadata = { title: "Setting up" };

export default async function OnboardingPage() {
  if (!(await auth()).userId) redirect("/sign-in?redirect_url=%2Fonboarding");
  return (
    <OwnDeployment fallback={<AuthLoading />}>
      <Onboarding />
    </OwnDeployment>
  );
}
