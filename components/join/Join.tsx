"use client";

import { useAuth } from "@clerk/nextjs";
import { AuthShell } from "@/components/auth/AuthShell";
import { ButtonLink } from "@/components/ui/links";
import { AcceptInvitation } from "./AcceptInvitation";
import { JoinFlow } from "./JoinFlow";
import { REFUSALS } from "./joinWords";
import { SignInToJoin } from "./SignInToJoin";
import type { Offer } from "./types";

type JoinProps = {
  invitationId: string;
  offer: Offer;
  /** Clerk's, which proves the address; none for somebody who has an account. */
  ticket: string | undefined;
  /** As the server saw it, until the browser knows. */
  signedIn: boolean;
};

/** Where the link of an invitation leads: to a new account, to one that is there, or to why not. */
export function Join({ invitationId, offer, ticket, signedIn }: JoinProps) {
  const auth = useAuth();
  const isSignedIn = auth.isLoaded ? auth.isSignedIn : signedIn;

  if (offer.status === "refused") {
    const { title, text } = REFUSALS[offer.reason];
    return (
      <AuthShell title={title} intro={text}>
        {isSignedIn ? (
          <ButtonLink href="/dashboard">Open your workspace</ButtonLink>
        ) : (
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        )}
      </AuthShell>
    );
  }
  if (isSignedIn) return <AcceptInvitation {...{ invitationId, offer }} />;
  if (ticket === undefined) return <SignInToJoin {...{ invitationId, offer }} />;
  return <JoinFlow {...{ invitationId, offer, ticket }} />;
}
