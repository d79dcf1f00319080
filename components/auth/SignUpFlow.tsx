"use client";

import { useAuth, useSignUp } from "@clerk/nextjs";
import { Anchor } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { AnchorLink } from "@/components/ui/links";
import type { PlanId } from "@/lib/plans";
import { signupForm, signupMetadata, type SignupForm } from "@/lib/signup";
import { AuthLoading, AuthShell } from "./AuthShell";
import { clerkProblems, type Problem } from "./clerkProblems";
import { CodeForm } from "./CodeForm";
import { splitName } from "./personName";
import { SignUpForm } from "./SignUpForm";
import { useAfterSignIn } from "./useAfterSignIn";
import { useStep } from "./useStep";

/** Where a new customer goes next; it passes on to the dashboard once the company is there. */
const NEXT = "/onboarding";

/**
 * Sign-up in two steps: the form, then the code from the e-mail. The pending sign-up lives at
 * Clerk, so a reload or the back button finds it again; only the password has to be typed anew.
 */
export function SignUpFlow({ plan }: { plan: PlanId }) {
  const { isLoaded, isSignedIn } = useAuth();
  const { signUp } = useSignUp();
  const router = useRouter();
  const [step, goTo] = useStep();
  const goOn = useAfterSignIn(NEXT);
  const [sendingFailed, setSendingFailed] = useState<string>();
  const form = useForm<SignupForm>({
    initialValues: { companyName: "", plan, name: "", email: "", password: "" },
    validate: schemaResolver(signupForm, { sync: true }),
  });

  const waitsForCode =
    isLoaded &&
    signUp.status === "missing_requirements" &&
    signUp.unverifiedFields.includes("email_address");
  const pendingId = waitsForCode ? signUp.id : undefined;

  useEffect(() => {
    if (isSignedIn) router.replace(NEXT);
  }, [isSignedIn, router]);

  // After a reload the form is empty, but Clerk still knows what was entered.
  useEffect(() => {
    if (pendingId === undefined || form.isDirty()) return;
    const wish = signupMetadata.safeParse(signUp.unsafeMetadata);
    form.setValues({
      ...(wish.success ? wish.data : {}),
      name: [signUp.firstName, signUp.lastName].filter(Boolean).join(" "),
      email: signUp.emailAddress ?? "",
    });
    // Only when another sign-up is found, never while one types.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pendingId]);

  async function start(values: SignupForm): Promise<Problem[]> {
    const { companyName, plan: wish, email, password, name } = signupForm.parse(values);
    // Always a new sign-up: one that waits for a code is simply left behind.
    const created = await signUp.create({
      emailAddress: email,
      password,
      ...splitName(name),
      unsafeMetadata: { companyName, plan: wish },
    });
    if (created.error) return clerkProblems(created.error);
    const sent = await signUp.verifications.sendEmailCode();
    setSendingFailed(clerkProblems(sent.error)[0]?.message);
    goTo("code");
    return [];
  }

  async function confirm(code: string): Promise<Problem[]> {
    // Complete already when the code was right but signing in after it failed.
    if (signUp.status !== "complete") {
      const { error } = await signUp.verifications.verifyEmailCode({ code });
      if (error) return clerkProblems(error);
    }
    if (signUp.createdSessionId === null) {
      return [{ message: "Your account is not complete yet. Go back and check your entries." }];
    }
    const { error } = await signUp.finalize({ navigate: goOn });
    return clerkProblems(error);
  }

  async function resend(): Promise<Problem[]> {
    return clerkProblems((await signUp.verifications.sendEmailCode()).error);
  }

  if (isSignedIn || (step === "code" && !isLoaded)) {
    return <AuthLoading />;
  }

  if (step === "code" && (waitsForCode || signUp.status === "complete")) {
    return (
      <AuthShell
        title="Check your e-mail"
        intro={
          <>
            Enter the code that we sent to <strong>{signUp.emailAddress}</strong>.
          </>
        }
      >
        <CodeForm
          submitLabel="Confirm"
          onSubmit={confirm}
          onResend={resend}
          initialAlert={sendingFailed}
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
      title="Start with Sunup"
      intro="Your company's workspace is ready in a minute."
      footer={
        <>
          Already have an account?{" "}
          <AnchorLink href="/sign-in" size="sm" underline="always">
            Sign in
          </AnchorLink>
        </>
      }
    >
      <SignUpForm form={form} onSubmit={start} />
    </AuthShell>
  );
}
