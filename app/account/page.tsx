import { auth } from "@clerk/nextjs/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountFrame } from "@/components/account/AccountFrame";
import { AccountProfile } from "@/components/account/AccountProfile";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  if (!(await auth()).userId) redirect("/sign-in?redirect_url=%2Faccount");
  return (
    <AccountFrame>
      <PageHeader title="Account" description="Your name, e-mail address, password and devices." />
      <AccountProfile />
    </AccountFrame>
  );
}
