import { Badge } from "@mantine/core";
import type { Role } from "@/lib/roles";

/** Roles as labels; the main one is marked. */
export function RoleBadges({ roles, primaryRole }: { roles: readonly Role[]; primaryRole: Role }) {
  return roles.map((role) => (
    <Badge
      key={role}
      variant="light"
      color={role === primaryRole ? "lake" : "gray"}
      tt="none"
      size="lg"
    >
      {role}
    </Badge>
  ));
}
