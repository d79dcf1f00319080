"use client";

import { useUser } from "@clerk/nextjs";
import { Button, Stack } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { AuthLoading, AuthShell } from "@/components/auth/AuthShell";
import { FormAlert } from "@/components/auth/FormAlert";
import { SignedInAs, useSignOut } from "@/components/auth/SignedInAs";
import { normalizeEmail } from "@/lib/email";
import { describeError } from "@/lib/errors";
import { REFUSALS } from "./joinWords";
import { signInHref } from "./SignInToJoin";
import type { OpenOffer } from "./types";
import { useJoin } from "./useJoin";
import { WhoInvites } from "./WhoInvites";

type AcceptInvitationProps = { invitationId: string; offer: OpenOffer };

/** For somebody who is signed in: one click, if the account is the invited one and has no company. */
export function AcceptInvitation({ invitationId, offer }: AcceptInvitationProps) {
  const { user } = useUser();
  const router = useRouter();
  const changeAccount = useSignOut(signInHref(invitationId));
  const { join, joining, joined, refusal, error } = useJoin(invitationId);

  useEffect(() => {
    if (joined) router.replace("/dashboard");
  }, [joined, router]);

  if (!user || joined) return <AuthLoading />;
  const email = user.primaryEmailAddress?.emailAddress;
  const isInvited = email !== undefined && normalizeEmail(email) === offer.email;
  const reason = isInvited ? refusal : "otherAddress";
  const failure = error === undefined ? undefined : describeError(error);
  if (reason !== undefined) {
    return (
      <AuthShell
        title={REFUSALS[reason].title}
        intro={REFUSALS[reason].text}
        footer={<SignedInAs email={email} />}
      >
        <Button variant="default" onClick={changeAccount}>
          Use another account
        </Button>
      </AuthShell>
    );
  }
  return (
    <AuthShell
      title={`Join ${offer.companyName}`}
      intro={<WhoInvites offer={offer} />}
      footer={<SignedInAs email={email} />}
    >
      <Stack gap="lg">
        <FormAlert>{failure && `${failure.message} ${failure.nextStep}`}</FormAlert>
        <Button size="md" fullWidth loading={joining} onClick={() => void join()}>
          Join this company
        </Button>
      </Stack>
    </AuthShell>
  );
}
