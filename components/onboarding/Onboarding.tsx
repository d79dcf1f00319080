"use client";

import { useUser } from "@clerk/nextjs";
import { Stack } from "@mantine/core";
import { useConvexAuth } from "convex/react";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { AuthShell } from "@/components/auth/AuthShell";
import { SignedInAs, useSignOut } from "@/components/auth/SignedInAs";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { signupMetadata } from "@/lib/signup";
import { CompanyForm } from "./CompanyForm";
import { LAST_STEP_SHOWN_MS, SetupSteps } from "./SetupSteps";
import { setupTrouble } from "./setupTrouble";
import { SetupTroubleNotice } from "./SetupTroubleNotice";
import { useElapsed } from "./useElapsed";
import { JoiningCompany } from "./JoiningCompany";
import { useEnsureTenant } from "./useEnsureTenant";
import { useUnansweredMs } from "./useUnansweredMs";

/** How long the webhook may take before the browser asks for the company itself. */
const ENSURE_AFTER_MS = 6_000;
/** How long a user without a company name may turn out to be invited before the form is shown. */
const ASK_AFTER_MS = 2_000;
/** A company may be ready before this page is: accounts younger than this still get to see its parts. */
const NEW_ACCOUNT_MS = 2 * 60_000;

/** From a new account to its company: one that it founds, or the one that invited it. */
export function Onboarding() {
  const { user } = useUser();
  // Written by our back end through Clerk's ticket; the server asks the invitation itself.
  const invitationId = user?.publicMetadata.invitationId;
  return typeof invitationId === "string" ? (
    <JoiningCompany invitationId={invitationId} />
  ) : (
    <NewCompany />
  );
}

/**
 * Watches the new company appear and goes on to the dashboard. It may be left and opened again at
 * any time: what is done is read from the database, and asking again changes nothing.
 */
function NewCompany() {
  const { user } = useUser();
  const signOut = useSignOut();
  const { isLoading, isAuthenticated } = useConvexAuth();
  const status = useLiveQuery(api.onboarding.status, isAuthenticated ? {} : "skip");
  const { ensure, busy, error } = useEnsureTenant();

  const waiting = status.status === "ready" && status.data.status === "waiting";
  const ready = status.status === "ready" && status.data.status === "ready";
  useConsoleOfStaff(status.status === "ready" && status.data.status === "staff");
  const wish = signupMetadata.safeParse(user?.unsafeMetadata);
  const waitedMs = useElapsed(waiting);
  const unansweredMs = useUnansweredMs(status.status === "loading" || busy);

  const overdue = waiting && wish.success && waitedMs >= ENSURE_AFTER_MS;
  const asked = useRef(false);
  useEffect(() => {
    if (!overdue || asked.current || !wish.success) return;
    asked.current = true;
    void ensure(wish.data);
  }, [overdue, wish, ensure]);

  useGoOnWhenReady(ready, waiting, user?.createdAt ?? undefined);

  const steps = status.status === "ready" ? status.data.steps : undefined;
  const companyName = wish.success ? wish.data.companyName : undefined;
  const trouble = setupTrouble({
    error: status.status === "error" ? status.error : error,
    refused: !isLoading && !isAuthenticated && user !== undefined && user !== null,
    unansweredMs,
  });
  const nameRefused = errorData(error)?.code === "INVALID";
  const asksForCompany =
    waiting && user && (nameRefused || (!wish.success && waitedMs >= ASK_AFTER_MS));

  if (asksForCompany) {
    return (
      <AuthShell
        title="Name your company"
        intro="One thing is missing before we can set up your workspace."
        footer={<SignedInAs email={user.primaryEmailAddress?.emailAddress} />}
      >
        <CompanyForm asked={user.unsafeMetadata} busy={busy} error={error} onSubmit={ensure} />
      </AuthShell>
    );
  }

  return (
    <AuthShell
      title={ready ? "Your workspace is ready" : "Setting up your workspace"}
      intro={ready ? "Taking you there…" : "This takes a few seconds. You can leave and come back."}
      footer={<SignedInAs email={user?.primaryEmailAddress?.emailAddress} />}
    >
      <Stack gap="lg">
        <SetupSteps steps={steps} companyName={companyName} />
        <SetupTroubleNotice
          trouble={ready ? null : trouble}
          busy={busy}
          onRetry={wish.success && waiting ? () => ensure(wish.data) : undefined}
          onSignOut={signOut}
        />
      </Stack>
    </AuthShell>
  );
}

/** Sunup's own people found no company: their place is the console. */
function useConsoleOfStaff(isStaff: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (isStaff) router.replace("/admin");
  }, [isStaff, router]);
}

/** Opens the dashboard: at once for a company of old, else when its parts have been seen. */
function useGoOnWhenReady(ready: boolean, waiting: boolean, accountCreatedAt?: Date): void {
  const router = useRouter();
  const sawWaiting = useRef(false);
  const createdAt = accountCreatedAt?.getTime() ?? 0;
  useEffect(() => {
    if (waiting) sawWaiting.current = true;
    if (!ready) return;
    router.prefetch("/dashboard");
    const isNew = sawWaiting.current || Date.now() - createdAt < NEW_ACCOUNT_MS;
    const timer = setTimeout(() => router.replace("/dashboard"), isNew ? LAST_STEP_SHOWN_MS : 0);
    return () => clearTimeout(timer);
  }, [ready, waiting, createdAt, router]);
}
