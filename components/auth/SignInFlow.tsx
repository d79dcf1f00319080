"use client";

import { useAuth, useSignIn } from "@clerk/nextjs";
import { Anchor } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { AnchorLink } from "@/components/ui/links";
import { AuthLoading, AuthShell } from "./AuthShell";
import { clerkProblems, type Problem } from "./clerkProblems";
import { CodeForm } from "./CodeForm";
import { secondFactor, type SecondFactor } from "./secondFactor";
import { SignInForm, type Credentials } from "./SignInForm";
import { useAfterSignIn } from "./useAfterSignIn";

/**
 * Sign-in with e-mail address and password; then a code, when Clerk asks for one because the
 * account has two-step verification or the device is new.
 */
export function SignInFlow({ target }: { target: string }) {
  const { isSignedIn } = useAuth();
  const { signIn } = useSignIn();
  const router = useRouter();
  const goOn = useAfterSignIn(target);
  const [factor, setFactor] = useState<SecondFactor>();

  useEffect(() => {
    if (isSignedIn) router.replace(target);
  }, [isSignedIn, router, target]);

  async function start({ email, password }: Credentials): Promise<Problem[]> {
    const { error } = await signIn.password({ emailAddress: email.trim(), password });
    if (error) return clerkProblems(error);
    return finish();
  }

  async function finish(): Promise<Problem[]> {
    switch (signIn.status) {
      case "complete":
        return clerkProblems((await signIn.finalize({ navigate: goOn })).error);
      case "needs_second_factor":
      case "needs_client_trust": {
        const next = secondFactor(signIn);
        if (next === null) break;
        const problems = clerkProblems(await next.send?.());
        if (problems.length === 0) setFactor(next);
        return problems;
      }
    }
    return [{ message: "This account needs a way of signing in that Sunup does not offer." }];
  }

  async function confirm(code: string): Promise<Problem[]> {
    const problems = clerkProblems(await factor?.verify(code));
    return problems.length > 0 ? problems : finish();
  }

  if (isSignedIn) return <AuthLoading />;

  if (factor) {
    const { send } = factor;
    return (
      <AuthShell title="Confirm that it is you" intro={factor.prompt}>
        <CodeForm
          submitLabel="Confirm"
          onSubmit={confirm}
          onResend={send && (async () => clerkProblems(await send()))}
          back={
            <Anchor component="button" type="button" size="sm" onClick={() => setFactor(undefined)}>
              Start again
            </Anchor>
          }
        />
      </AuthShell>
    );
  }

  return (
    <AuthShell
      title="Sign in"
      intro="Welcome back."
      footer={
        <>
          New to Sunup?{" "}
          <AnchorLink href="/signup" size="sm" underline="always">
            Create an account
          </AnchorLink>
        </>
      }
    >
      <SignInForm onSubmit={start} />
    </AuthShell>
  );
}
