"use client";

import { useAuth, useSignIn } from "@clerk/nextjs";
import { isClerkAPIResponseError } from "@clerk/nextjs/errors";
import { Anchor } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { AnchorLink } from "@/components/ui/links";
import { AuthLoading, AuthShell } from "./AuthShell";
import { clerkProblems, type Problem } from "./clerkProblems";
import { CodeForm } from "./CodeForm";
import { EmailForm } from "./EmailForm";
import { NewPasswordForm } from "./NewPasswordForm";
import { useAfterSignIn } from "./useAfterSignIn";
import { useStep } from "./useStep";

const NEXT = "/dashboard";

/**
 * A new password in three steps: address, code, password. An address without an account sees the
 * same steps, so that nobody learns here who is a customer.
 */
export function ForgotPasswordFlow() {
  const { isLoaded, isSignedIn } = useAuth();
  const { signIn } = useSignIn();
  const router = useRouter();
  const [step, goTo] = useStep();
  const goOn = useAfterSignIn(NEXT);
  const [unknownAddress, setUnknownAddress] = useState<string>();

  useEffect(() => {
    if (isSignedIn) router.replace(NEXT);
  }, [isSignedIn, router]);

  async function start(email: string): Promise<Problem[]> {
    const created = await signIn.create({ identifier: email });
    if (hasCode(created.error, "form_identifier_not_found")) {
      setUnknownAddress(email);
      goTo("code");
      return [];
    }
    const sent = created.error ?? (await signIn.resetPasswordEmailCode.sendCode()).error;
    if (sent) return clerkProblems(sent);
    setUnknownAddress(undefined);
    goTo("code");
    return [];
  }

  async function confirm(code: string): Promise<Problem[]> {
    if (unknownAddress !== undefined) {
      return [{ field: "code", message: "This code is not right. Check it and try again." }];
    }
    const { error } = await signIn.resetPasswordEmailCode.verifyCode({ code });
    if (error) return clerkProblems(error);
    goTo("password", { replace: true });
    return [];
  }

  async function resend(): Promise<Problem[]> {
    if (unknownAddress !== undefined) return [];
    return clerkProblems((await signIn.resetPasswordEmailCode.sendCode()).error);
  }

  async function save(password: string): Promise<Problem[]> {
    if (signIn.status !== "complete") {
      const { error } = await signIn.resetPasswordEmailCode.submitPassword({
        password,
        signOutOfOtherSessions: true,
      });
      if (error) return clerkProblems(error);
    }
    return clerkProblems((await signIn.finalize({ navigate: goOn })).error);
  }

  if (isSignedIn || (step !== null && !isLoaded)) return <AuthLoading />;

  if (
    step === "password" &&
    (signIn.status === "needs_new_password" || signIn.status === "complete")
  ) {
    return (
      <AuthShell title="Choose a new password" intro="Other devices will be signed out.">
        <NewPasswordForm submitLabel="Save and sign in" onSubmit={save} />
      </AuthShell>
    );
  }

  const address = unknownAddress ?? signIn.identifier;
  if (step === "code" && address) {
    return (
      <AuthShell
        title="Check your e-mail"
        intro={
          <>
            If <strong>{address}</strong> has an account, a code is on its way there.
          </>
        }
      >
        <CodeForm
          submitLabel="Go on"
          onSubmit={confirm}
          onResend={resend}
          back={
            <Anchor component="button" type="button" size="sm" onClick={() => goTo(null)}>
              Change address
            </Anchor>
          }
        />
      </AuthShell>
    );
  }

  return (
    <AuthShell
      title="Forgotten your password?"
      intro="We send a code to your e-mail address; with it you choose a new one."
      footer={
        <AnchorLink href="/sign-in" size="sm">
          Back to signing in
        </AnchorLink>
      }
    >
      <EmailForm submitLabel="Send the code" onSubmit={start} />
    </AuthShell>
  );
}

function hasCode(error: unknown, code: string): boolean {
  // Clerk's type guard throws on null.
  return (
    error !== null &&
    isClerkAPIResponseError(error) &&
    error.errors.some((each) => each.code === code)
  );
}
