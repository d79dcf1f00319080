"use client";

import { useAuth } from "@clerk/nextjs";
import { useConvexAuth } from "convex/react";
import { useRouter } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { MemberProvider } from "@/components/workspace/MemberContext";
import { ShellSkeleton } from "@/components/workspace/ShellSkeleton";
import { WorkspaceShell } from "@/components/workspace/WorkspaceShell";
import { api } from "@/convex/_generated/api";
import { PlainFrame } from "@/components/auth/PlainFrame";

/**
 * The workspace around the account page, for members. Whoever has no company (yet, or no longer)
 * still owns the account and may change or delete it: they get the page without the workspace.
 */
export function AccountFrame({ children }: { children: ReactNode }) {
  const { isLoaded, isSignedIn } = useAuth();
  const convex = useConvexAuth();
  const me = useLiveQuery(api.members.me, convex.isAuthenticated ? {} : "skip");
  const router = useRouter();

  const signedOut = isLoaded && !isSignedIn;
  useEffect(() => {
    if (signedOut) router.replace("/");
  }, [signedOut, router]);

  if (me.status === "ready") {
    return (
      <MemberProvider me={me.data}>
        <WorkspaceShell>{children}</WorkspaceShell>
      </MemberProvider>
    );
  }
  const refused = isLoaded && !convex.isLoading && !convex.isAuthenticated;
  if (me.status === "error" || (refused && !signedOut)) return <PlainFrame>{children}</PlainFrame>;
  return <ShellSkeleton />;
}
