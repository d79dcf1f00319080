import { auth } from "@clerk/nextjs/server";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Workspace } from "@/components/workspace/Workspace";

/** Every page in here is for signed-in members. The proxy asks first, Convex asks last. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const { userId } = await auth();
  if (userId === null) redirect("/sign-in");
  return <Workspace>{children}</Workspace>;
}
