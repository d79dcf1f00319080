"use client";

import type { FunctionReturnType } from "convex/server";
import { createContext, use, type ReactNode } from "react";
import type { api } from "@/convex/_generated/api";
import { type StaffLevel, staffMay } from "@/lib/staff";

/** The signed-in staff member, live. */
export type StaffMe = FunctionReturnType<typeof api.staff.me>;

const StaffContext = createContext<StaffMe | null>(null);

export function StaffProvider({ me, children }: { me: StaffMe; children: ReactNode }) {
  return <StaffContext value={me}>{children}</StaffContext>;
}

/** The signed-in staff member and what they may do. Only inside the console. */
export function useStaff() {
  const me = use(StaffContext);
  if (me === null) throw new Error("useStaff() is called outside the console.");
  return {
    ...me,
    /** Whether to show what needs this level. The server asks again, whatever is shown. */
    may: (level: StaffLevel) => staffMay(me.level, level),
  };
}
