import { invitedAddresses, rolesForm } from "@/lib/team";
import type { ChosenRoles } from "./RolesFields";

/** What is wrong with the form, by field; `form` belongs to none. */
export type InviteProblems = { emails?: string; roles?: string; form?: string };

/** What can be told before the server is asked. */
export function inviteProblems(emails: readonly string[], chosen: ChosenRoles): InviteProblems {
  const addresses = invitedAddresses.safeParse(emails);
  const roles = rolesForm.safeParse(chosen);
  const issue = addresses.error?.issues[0];
  const wrong = typeof issue?.path[0] === "number" ? emails[issue.path[0]] : undefined;
  return {
    ...(issue && { emails: wrong ? `${wrong}: ${issue.message}` : issue.message }),
    ...(roles.error && { roles: roles.error.issues[0]?.message ?? "" }),
  };
}
