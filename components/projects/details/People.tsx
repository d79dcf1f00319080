"use client";

import { MultiSelect, NativeSelect, Stack } from "@mantine/core";
import { useMutation } from "convex/react";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { showChanged } from "../showChanged";
import type { ProjectDetail } from "../types";

type PeopleProps = { project: ProjectDetail; editable: boolean };

/** Who answers for the job and who works on site. */
export function People({ project, editable }: PeopleProps) {
  const members = useLiveQuery(api.members.names, {});
  const all = members.status === "ready" ? members.data : [];
  const assign = useMutation(api.projects.assign).withOptimisticUpdate((store, change) => {
    const { projectId, ownerId, crewIds } = change;
    showChanged(store, projectId, {
      ...(ownerId === undefined ? {} : { ownerId: ownerId ?? undefined }),
      ...(crewIds === undefined ? {} : { crewIds }),
    });
  });
  const nameOf = (id: Id<"members">) => all.find(({ _id }) => _id === id)?.name ?? "";
  const save = (change: { ownerId?: Id<"members"> | null; crewIds?: Id<"members">[] }) =>
    void assign({ projectId: project._id, ...change }).catch(toastError);

  // Who has no access any more stays named where they are, and cannot be chosen anew.
  const choices = (named: Id<"members">[]) =>
    all
      .filter(({ _id, status }) => status === "active" || named.includes(_id))
      .map(({ _id, name, status }) => ({
        value: _id,
        label: status === "active" ? name : `${name} (no access)`,
      }));
  const { ownerId, crewIds } = project;
  return (
    <Panel title="People">
      {editable ? (
        <Stack gap="sm">
          <NativeSelect
            label="Owner"
            value={ownerId ?? ""}
            data={[{ value: "", label: "Nobody" }, ...choices(ownerId ? [ownerId] : [])]}
            onChange={(event) =>
              save({ ownerId: (event.currentTarget.value || null) as Id<"members"> | null })
            }
          />
          <MultiSelect
            label="Crew"
            placeholder={crewIds.length === 0 ? "Nobody yet" : undefined}
            value={crewIds}
            data={choices(crewIds)}
            searchable
            nothingFoundMessage="Nobody of that name"
            comboboxProps={{ portalProps: { target: "#content" } }}
            onChange={(ids) => save({ crewIds: ids as Id<"members">[] })}
          />
        </Stack>
      ) : (
        <Facts
          items={[
            { label: "Owner", value: ownerId && <bdi>{nameOf(ownerId)}</bdi> },
            { label: "Crew", value: crewIds.map(nameOf).join(", ") || undefined },
          ]}
        />
      )}
    </Panel>
  );
}
