import { Stack, Text } from "@mantine/core";
import { AuthShell } from "@/components/auth/AuthShell";
import { ButtonLink } from "@/components/ui/links";
import type { OpenOffer } from "./types";
import { WhoInvites } from "./WhoInvites";

/** For somebody who has an account and is not signed in to it. */
export function SignInToJoin({ invitationId, offer }: { invitationId: string; offer: OpenOffer }) {
  return (
    <AuthShell title={`Join ${offer.companyName}`} intro={<WhoInvites offer={offer} />}>
      <Stack gap="lg" align="flex-start">
        <Text>
          <strong>{offer.email}</strong> has an account already. Sign in with it to join.
        </Text>
        <ButtonLink href={signInHref(invitationId)}>Sign in to join</ButtonLink>
      </Stack>
    </AuthShell>
  );
}

/** The sign-in page, which comes back to this invitation. */
export function signInHref(invitationId: string): string {
  const back = `/join?invitation=${encodeURIComponent(invitationId)}`;
  return `/sign-in?redirect_url=${encodeURIComponent(back)}`;
}
