import { z } from "zod";
import { normalizeEmail } from "../../lib/email";
import { callClerk, ClerkRefused } from "./clerkApi";
import { clerkUser, profileOf } from "./clerkUser";

/** The Clerk account whose confirmed primary address this is, or null. Throws what `callClerk` throws. */
export async function findAccount(
  email: string,
  signal: AbortSignal,
): Promise<{ clerkUserId: string; email: string; name: string } | null> {
  const wanted = normalizeEmail(email);
  const query = new URLSearchParams({ email_address: wanted, limit: "2" });
  const users = z
    .array(clerkUser)
    .parse(await callClerk("GET", `/v1/users?${query}`, undefined, signal));
  for (const user of users) {
    const profile = profileOf(user);
    if (profile?.email !== wanted) continue;
    return { clerkUserId: user.id, email: wanted, name: profile.name };
  }
  return null;
}

/** Deletes a user at Clerk, with the sessions. One who is gone already is as good. Throws what `callClerk` throws. */
export async function deleteAccount(clerkUserId: string, signal: AbortSignal): Promise<void> {
  const path = `/v1/users/${encodeURIComponent(clerkUserId)}`;
  await callClerk("DELETE", path, undefined, signal).catch((error: unknown) => {
    if (!(error instanceof ClerkRefused && error.status === 404)) throw error;
  });
}
