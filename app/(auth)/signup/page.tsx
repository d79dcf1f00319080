import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignUpFlow } from "@/components/auth/SignUpFlow";
import { isPlanId } from "@/lib/plans";

export const metadata: Metadata = { title: "Create an account" };

type SignUpPageProps = { searchParams: Promise<{ plan?: string | string[] }> };

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  // Onboarding passes on to the dashboard when the company is there already.
  if ((await auth()).userId) redirect("/onboarding");
  const { plan } = await searchParams;
  return <SignUpFlow plan={isPlanId(plan) ? plan : "starter"} />;
}
