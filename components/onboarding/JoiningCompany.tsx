"use client";

import { useUser } from "@clerk/nextjs";
import { Loader, Stack, Text } from "@mantine/core";
import { useConvexAuth } from "convex/react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { AuthShell } from "@/components/auth/AuthShell";
import { SignedInAs, useSignOut } from "@/components/auth/SignedInAs";
import { REFUSALS } from "@/components/join/joinWords";
import { useJoin } from "@/components/join/useJoin";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { CompanyForm } from "./CompanyForm";
import { setupTrouble } from "./setupTrouble";
import { SetupTroubleNotice } from "./SetupTroubleNotice";
import { useEnsureTenant } from "./useEnsureTenant";
import { useUnansweredMs } from "./useUnansweredMs";

/**
 * For somebody who signed up with an invitation: joins the company that sent it, whether Clerk's
 * webhook or this page is first. When the invitation is no longer good, says why and offers what
 * can be done instead.
 */
export function JoiningCompany({ invitationId }: { invitationId: string }) {
  const { user } = useUser();
  const router = useRouter();
  const signOut = useSignOut();
  const { isLoading, isAuthenticated } = useConvexAuth();
  const status = useLiveQuery(api.onboarding.status, isAuthenticated ? {} : "skip");
  const founding = useEnsureTenant();
  const { join, joining, refusal, error } = useJoin(invitationId);

  const waiting = status.status === "ready" && status.data.status === "waiting";
  const ready = status.status === "ready" && status.data.status === "ready";
  const unansweredMs = useUnansweredMs(status.status === "loading" || joining);

  useEffect(() => {
    if (waiting) void join();
  }, [waiting, join]);

  useEffect(() => {
    if (ready) router.replace("/dashboard");
  }, [ready, router]);

  const footer = <SignedInAs email={user?.primaryEmailAddress?.emailAddress} />;
  if (waiting && refusal !== undefined) {
    const { title, text } = REFUSALS[refusal];
    return (
      <AuthShell title={title} intro={text} footer={footer}>
        <Stack gap="lg">
          <Text size="sm">Or set up a company of your own:</Text>
          <CompanyForm
            asked={{}}
            busy={founding.busy}
            error={founding.error}
            onSubmit={founding.ensure}
          />
        </Stack>
      </AuthShell>
    );
  }

  const trouble = setupTrouble({
    error: status.status === "error" ? status.error : error,
    refused: !isLoading && !isAuthenticated && user !== undefined && user !== null,
    unansweredMs,
  });
  return (
    <AuthShell
      title={ready ? "You are in" : "Joining your team"}
      intro={ready ? "Taking you there…" : "This takes a moment. You can leave and come back."}
      footer={footer}
    >
      <Stack gap="lg" align="flex-start">
        {trouble === null && <Loader aria-label="Joining" />}
        <SetupTroubleNotice
          trouble={ready ? null : trouble}
          busy={joining}
          onRetry={waiting ? () => void join() : undefined}
          onSignOut={signOut}
        />
      </Stack>
    </AuthShell>
  );
}
