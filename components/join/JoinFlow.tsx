"use client";

import { useSignUp } from "@clerk/nextjs";
import { schemaResolver, useForm } from "@mantine/form";
import { useState } from "react";
import { AuthShell } from "@/components/auth/AuthShell";
import { clerkProblems, type Problem } from "@/components/auth/clerkProblems";
import { splitName } from "@/components/auth/personName";
import { useAfterSignIn } from "@/components/auth/useAfterSignIn";
import { AnchorLink } from "@/components/ui/links";
import { joinForm, type JoinForm } from "@/lib/signup";
import { JoinAccountForm } from "./JoinAccountForm";
import { signInHref } from "./SignInToJoin";
import type { OpenOffer } from "./types";
import { WhoInvites } from "./WhoInvites";

type JoinFlowProps = { invitationId: string; offer: OpenOffer; ticket: string };

/**
 * A new account from an invitation: only a name and a password, since the ticket from the mail has
 * proved the address. /onboarding then sees the company that was joined.
 */
export function JoinFlow({ invitationId, offer, ticket }: JoinFlowProps) {
  const { signUp } = useSignUp();
  const goOn = useAfterSignIn("/onboarding");
  const [hasAccount, setHasAccount] = useState(false);
  const form = useForm<JoinForm>({
    initialValues: { name: "", password: "" },
    validate: schemaResolver(joinForm, { sync: true }),
  });

  async function create(values: JoinForm): Promise<Problem[]> {
    const { name, password } = joinForm.parse(values);
    // Complete already when only signing in after it failed.
    if (signUp.status !== "complete") {
      const { error } = await signUp.create({
        strategy: "ticket",
        ticket,
        password,
        ...splitName(name),
      });
      if (error) {
        const problems = clerkProblems(error);
        setHasAccount(problems.some(({ field }) => field === "email"));
        return problems;
      }
    }
    if (signUp.createdSessionId === null) {
      return [{ message: "Your account is not complete yet. Check your entries and try again." }];
    }
    const { error } = await signUp.finalize({ navigate: goOn });
    return clerkProblems(error);
  }

  return (
    <AuthShell
      title={`Join ${offer.companyName}`}
      intro={<WhoInvites offer={offer} />}
      footer={
        <>
          {hasAccount ? "Your account is there: " : "Already have an account? "}
          <AnchorLink href={signInHref(invitationId)} size="sm" underline="always">
            Sign in to join
          </AnchorLink>
        </>
      }
    >
      <JoinAccountForm form={form} email={offer.email} onSubmit={create} />
    </AuthShell>
  );
}
