"use client";

import { useAuth } from "@clerk/nextjs";
import { useConvexAuth } from "convex/react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { AccessNotice } from "./AccessNotice";
import { MemberProvider } from "./MemberContext";
import { ShellSkeleton } from "./ShellSkeleton";

const ShutNotice = dynamic(() => import("./ShutNotice").then((m) => m.ShutNotice), {
  loading: () => <ShellSkeleton />,
});

/**
 * Lets a member of an active tenant in, and keeps watching: whoever is deactivated or whose company
 * is paused sees why at once, and is back at once when that is taken back.
 */
export function WorkspaceGate({ children }: { children: ReactNode }) {
  const clerk = useAuth();
  const convex = useConvexAuth();
  const me = useLiveQuery(api.members.me, convex.isAuthenticated ? {} : "skip");
  const [visited, setVisited] = useState<string | null>(null);
  const visiting = me.status === "ready" && me.data.visit !== null ? me.data.tenant._id : null;
  if (visiting !== null && visiting !== visited) setVisited(visiting);

  if (clerk.isLoaded && !clerk.isSignedIn) return <LeaveFor page="/sign-in" />;
  if (!convex.isAuthenticated) return <WaitingForConvex />;
  if (me.status === "loading") return <ShellSkeleton />;
  if (me.status === "error") {
    const code = errorData(me.error)?.code;
    if (code === "NO_TENANT") {
      // Staff whose stay is over go back to where they came from.
      return <LeaveFor page={visited === null ? "/onboarding" : `/admin/tenants/${visited}`} />;
    }
    // The token is being exchanged for a new one; the query asks again by itself.
    if (code === "UNAUTHENTICATED") return <ShellSkeleton />;
    if (code === "TENANT_SUSPENDED" || code === "TENANT_CLOSED") {
      return <ShutNotice error={me.error} />;
    }
    return <AccessNotice error={me.error} />;
  }
  return <MemberProvider me={me.data}>{children}</MemberProvider>;
}

/** How long Convex may take to accept the session before the page says so, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Right after signing in Convex still calls the session "none" for a moment: that is no failure yet. */
function WaitingForConvex() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late ? <AccessNotice /> : <ShellSkeleton />;
}

function LeaveFor({ page }: { page: string }) {
  const router = useRouter();
  useEffect(() => {
    const here = window.location.pathname + window.location.search;
    router.replace(page === "/sign-in" ? `${page}?redirect_url=${encodeURIComponent(here)}` : page);
  }, [router, page]);
  return <ShellSkeleton />;
}
