"use client";

import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { ERRORS } from "@/lib/errors";
import type { Permission } from "@/lib/roles";
import { useMember } from "./MemberContext";

type RequirePermissionProps = {
  permission: Permission;
  /** Closed to Sunup's staff, also while they help. */
  ownPeople?: boolean;
  children: ReactNode;
};

/** A page for members with this permission; others read whom to ask. The server asks again. */
export function RequirePermission({ permission, ownPeople, children }: RequirePermissionProps) {
  const { can, canAsMember } = useMember();
  if (ownPeople ? canAsMember(permission) : can(permission)) return children;
  const { title, message, nextStep } = ERRORS.FORBIDDEN;
  return (
    <Notice
      order={1}
      icon={<IconLock size={26} stroke={1.6} aria-hidden />}
      title={title}
      actions={<ButtonLink href="/dashboard">Go to the dashboard</ButtonLink>}
    >
      {message} {nextStep}
    </Notice>
  );
}
