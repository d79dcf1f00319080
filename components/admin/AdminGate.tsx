"use client";

import { useConvexAuth } from "convex/react";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { ShellSkeleton } from "@/components/workspace/ShellSkeleton";
import { api } from "@/convex/_generated/api";
import { useConsoleDeployment } from "@/components/providers/consoleDeployment";
import { useDeployments } from "@/components/providers/Deployments";
import { errorData } from "@/lib/errors";
import { NotStaffHere } from "./NotStaffHere";
import { StaffProvider } from "./StaffContext";

/**
 * Lets staff in, and keeps watching: for whoever is staff no more the console does not exist, at
 * once and without a reload. The layout has asked before any of it was sent.
 */
export function AdminGate({ children }: { children: ReactNode }) {
  const convex = useConvexAuth();
  const deployments = useDeployments();
  const deployment = useConsoleDeployment();
  const me = useLiveQuery(api.staff.me, convex.isAuthenticated ? {} : "skip");
  if (me.status === "ready") return <StaffProvider me={me.data}>{children}</StaffProvider>;
  if (me.status === "loading") return <ShellSkeleton />;
  const code = errorData(me.error)?.code;
  if (code === "NOT_FOUND") {
    if (Object.hasOwn(deployments, deployment)) return <NotStaffHere deployment={deployment} />;
    notFound();
  }
  // The token is being exchanged for a new one; the query asks again by itself.
  if (code === "UNAUTHENTICATED") return <ShellSkeleton />;
  return <ErrorNotice error={me.error} order={1} />;
}
