import { internal } from "../../convex/_generated/api.js";
import type { StaffLevel } from "../../lib/staff.ts";
import { type Backend, type ClerkUser, identityOf } from "./backend.ts";

/** The account of one of Sunup's people of that level. */
export function staffPerson(level: StaffLevel): ClerkUser {
  return { id: `user_staff_${level}`, email: `${level}@sunup.test`, firstName: "Robin" };
}

/** One of Sunup's people of that level; calls as them. */
export async function staffOf(
  t: Backend,
  level: StaffLevel,
): Promise<ReturnType<Backend["withIdentity"]>> {
  const person = staffPerson(level);
  await t.mutation(internal.staff.grantTo, {
    ...{ clerkUserId: person.id, email: person.email, name: `Robin ${level}`, level },
  });
  return t.withIdentity(identityOf(person));
}
