import { auth } from "@clerk/nextjs/server";
import { fetchQuery } from "convex/nextjs";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AdminGate } from "@/components/admin/AdminGate";
import { AdminShell } from "@/components/admin/AdminShell";
import { ConsoleDeployment } from "@/components/providers/Deployments";
import { api } from "@/convex/_generated/api";
import { serverEnv } from "@/lib/env";
import { errorData } from "@/lib/errors";

export const metadata: Metadata = {
  title: { default: "Staff console", template: "%s · Sunup staff" },
};

/** The console of Sunup's staff. To everybody else its pages do not exist: the answer is 404. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { userId, getToken } = await auth();
  if (userId === null) redirect("/sign-in");
  const token = await getToken({ template: "convex" });
  await requireStaff(token ?? undefined);
  return (
    <ConsoleDeployment>
      <AdminGate>
        <AdminShell>{children}</AdminShell>
      </AdminGate>
    </ConsoleDeployment>
  );
}

async function requireStaff(token: string | undefined): Promise<void> {
  try {
    await fetchQuery(api.staff.me, {}, { token, url: serverEnv().NEXT_PUBLIC_CONVEX_URL });
  } catch (error) {
    if (errorData(error) === null) throw error;
    notFound();
  }
}
