import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ForgotPasswordFlow } from "@/components/auth/ForgotPasswordFlow";

export const metadata: Metadata = { title: "New password" };

export default async function ForgotPasswordPage() {
  if ((await auth()).userId) redirect("/dashboard");
  return <ForgotPasswordFlow />;
}
