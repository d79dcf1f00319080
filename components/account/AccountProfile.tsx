"use client";

import { UserProfile } from "@clerk/nextjs";
import { Skeleton } from "@mantine/core";

/** Clerk's profile: name, e-mail addresses, password, devices, deleting the account. */
export function AccountProfile() {
  return (
    <UserProfile
      routing="hash"
      fallback={<Skeleton h={480} radius="lg" />}
      appearance={{
        elements: {
          rootBox: { width: "100%" },
          // The page has said so already.
          navbar: { "& h1, & h1 + p": { display: "none" } },
          cardBox: {
            width: "100%",
            maxWidth: "none",
            border: "1px solid var(--sunup-line)",
            boxShadow: "var(--mantine-shadow-xs)",
          },
        },
      }}
    />
  );
}
