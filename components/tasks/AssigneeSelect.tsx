import { NativeSelect } from "@mantine/core";
import type { MemberName } from "@/components/projects/types";
import type { Id } from "@/convex/_generated/dataModel";

type AssigneeSelectProps = {
  members: MemberName[];
  value: Id<"members"> | null;
  /** Who it was at first: stays named although without access. */
  kept?: Id<"members"> | undefined;
  onChange: (memberId: Id<"members"> | null) => void;
};

/** Who does it: active members, or nobody. */
export function AssigneeSelect({ members, value, kept, onChange }: AssigneeSelectProps) {
  return (
    <NativeSelect
      aria-label="Assigned to"
      value={value ?? ""}
      data={[
        { value: "", label: "Nobody" },
        ...members
          .filter(({ _id, status }) => status === "active" || _id === kept)
          .map(({ _id, name, status }) => ({
            value: _id as string,
            label: status === "active" ? name : `${name} (no access)`,
          })),
      ]}
      onChange={(event) => onChange((event.currentTarget.value || null) as Id<"members"> | null)}
    />
  );
}
