"use client";

import type { FunctionReturnType } from "convex/server";
import { createContext, use, type ReactNode } from "react";
import type { api } from "@/convex/_generated/api";
import type { Feature } from "@/lib/plans";
import type { Permission } from "@/lib/roles";

/** The signed-in member and their tenant, live. */
export type Me = FunctionReturnType<typeof api.members.me>;

const MemberContext = createContext<Me | null>(null);

export function MemberProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MemberContext value={me}>{children}</MemberContext>;
}

/** The signed-in member, the tenant, and what the member may do. Only inside the workspace. */
export function useMember() {
  const me = use(MemberContext);
  if (me === null) throw new Error("useMember() is called outside the workspace.");
  return {
    ...me,
    /** Whether to show what needs this permission. The server asks again, whatever is shown. */
    can: (permission: Permission) => me.member.permissions.includes(permission),
    /** Whether the company's plan includes this. The server asks again, whatever is shown. */
    has: (feature: Feature) => me.entitlements.features.includes(feature),
  };
}
