import { Checkbox, NativeSelect, Stack } from "@mantine/core";
import { ROLE_WORK } from "@/components/ui/roleWords";
import { inRoleOrder, ROLES, type Role } from "@/lib/roles";

export type ChosenRoles = { roles: Role[]; primaryRole: Role };

type RolesFieldsProps = {
  value: ChosenRoles;
  onChange: (value: ChosenRoles) => void;
  error?: string | undefined;
};

/** Which roles somebody has, and which of several is the main one. */
export function RolesFields({ value, onChange, error }: RolesFieldsProps) {
  const { roles, primaryRole } = value;

  function choose(chosen: string[]) {
    const next = inRoleOrder(chosen as Role[]);
    // The main role is always one of the chosen ones.
    onChange({
      roles: next,
      primaryRole: next.includes(primaryRole) ? primaryRole : (next[0] ?? primaryRole),
    });
  }

  return (
    <Stack gap="md">
      <Checkbox.Group label="Roles" value={roles} onChange={choose} error={error}>
        <Stack gap="sm" mt="xs" mb={error ? "xs" : 0}>
          {ROLES.map((role) => (
            <Checkbox key={role} value={role} label={role} description={ROLE_WORK[role]} />
          ))}
        </Stack>
      </Checkbox.Group>
      {roles.length > 1 && (
        <NativeSelect
          label="Main role"
          description="Shown beside the name."
          data={roles}
          value={primaryRole}
          onChange={(event) => onChange({ roles, primaryRole: event.currentTarget.value as Role })}
        />
      )}
    </Stack>
  );
}
