"use client";

import type { FunctionReturnType } from "convex/server";
import { createContext, use, type ReactNode } from "react";
import type { api } from "@/convex/_generated/api";
import type { Feature } from "@/lib/plans";
import type { Permission } from "@/lib/roles";

/** Who is in the workspace, a member or Sunup's staff in an entry, and the tenant, live. */
export type Me = FunctionReturnType<typeof api.members.me>;

const MemberContext = createContext<Me | null>(null);

export function MemberProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MemberContext value={me}>{children}</MemberContext>;
}

/**
 * Who is in the workspace, the tenant, and what they may do. Only inside the workspace. `member`
 * is null while Sunup's staff are in.
 */
export function useMember() {
  const me = use(MemberContext);
  if (me === null) throw new Error("useMember() is called outside the workspace.");
  const person = me.member ?? me.visit;
  if (person === null) throw new Error("Nobody is in the workspace.");
  return {
    ...me,
    /** Name and address of whoever it is. */
    person: { name: person.name, email: person.email },
    /** Whether to show what needs this permission. The server asks again, whatever is shown. */
    can: (permission: Permission) => me.permissions.includes(permission),
    /** The same for what only the company's own people may do, whatever staff may. */
    canAsMember: (permission: Permission) =>
      me.member !== null && me.permissions.includes(permission),
    /** Whether the company's plan includes this. The server asks again, whatever is shown. */
    has: (feature: Feature) => me.entitlements.features.includes(feature),
  };
}
