"use client";

import { useClerk } from "@clerk/nextjs";
import { Anchor } from "@mantine/core";

/** Ends the session and goes to the front page, or to `redirectUrl`. */
export function useSignOut(redirectUrl = "/"): () => void {
  const { signOut } = useClerk();
  return () => void signOut({ redirectUrl });
}

/** Which account this is, with the way out of it. */
export function SignedInAs({ email }: { email: string | undefined }) {
  const signOut = useSignOut();
  if (!email) return null;
  return (
    <>
      Signed in as {email}.{" "}
      <Anchor component="button" type="button" size="sm" underline="always" onClick={signOut}>
        Sign out
      </Anchor>
    </>
  );
}
