"use client";

import { Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { FINANCING, FINANCING_NAMES, type Financing } from "@/lib/projects";
import type { ProjectsFilter } from "./projectsFilter";

type MoreFiltersProps = {
  filter: ProjectsFilter;
  opened: boolean;
  onClose: () => void;
  onChange: (change: Partial<ProjectsFilter>) => void;
};

/** The filters that are asked for less often; the list behind follows at once. */
export function MoreFilters({ filter, opened, onClose, onChange }: MoreFiltersProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="More filters" size="sm">
      <Stack gap="md">
        <NativeSelect
          label="Financing"
          value={filter.financing ?? ""}
          data={[
            { value: "", label: "Any" },
            ...FINANCING.map((value) => ({ value, label: FINANCING_NAMES[value] })),
          ]}
          onChange={(event) =>
            onChange({ financing: (event.currentTarget.value || null) as Financing | null })
          }
        />
        <Group grow>
          <TextInput
            type="date"
            label="Created from"
            value={filter.from ?? ""}
            max={filter.to ?? undefined}
            onChange={(event) => onChange({ from: event.currentTarget.value || null })}
          />
          <TextInput
            type="date"
            label="Created until"
            value={filter.to ?? ""}
            min={filter.from ?? undefined}
            onChange={(event) => onChange({ to: event.currentTarget.value || null })}
          />
        </Group>
        <Group justify="space-between" mt="xs">
          <Button
            variant="default"
            onClick={() => onChange({ financing: null, from: null, to: null })}
          >
            Clear these
          </Button>
          <Button onClick={onClose}>Show projects</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
