import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInFlow } from "@/components/auth/SignInFlow";
import { redirectTarget } from "@/lib/redirectTarget";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<{ redirect_url?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { redirect_url: wanted } = await searchParams;
  const target = redirectTarget(typeof wanted === "string" ? wanted : null);
  if ((await auth()).userId) redirect(target);
  return <SignInFlow target={target} />;
}
