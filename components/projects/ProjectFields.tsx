"use client";

import { NativeSelect, NumberInput, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { TEXT_LIMITS } from "@/lib/limits";
import type { FormField } from "./formValues";
import type { ProjectFormState } from "./useProjectForm";

type ProjectFieldsProps = {
  form: ProjectFormState;
  /** Shown in a new project's form only; later the stage track moves a project. */
  stage?: {
    value: string;
    options: { value: string; label: string }[];
    onChange: (value: string) => void;
  };
};

/** The inputs of a project, for a new one and for an edit. */
export function ProjectFields({ form, stage }: ProjectFieldsProps) {
  const text = (field: Exclude<FormField, "systemSizeKw" | "contractPriceUsd">) => ({
    name: field,
    value: form.values[field],
    error: form.errors[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      form.change(field, event.currentTarget.value),
  });
  const number = (field: "systemSizeKw" | "contractPriceUsd") => ({
    name: field,
    value: form.values[field],
    error: form.errors[field],
    onChange: (value: number | string) => form.change(field, value),
    min: 0,
    allowNegative: false,
    decimalScale: 2,
    thousandSeparator: ",",
    hideControls: true,
  });
  return (
    <Stack gap="md">
      <TextInput
        label="Project name"
        placeholder="Rooftop 8.4 kW, Maple Street"
        withAsterisk
        data-autofocus
        autoComplete="off"
        maxLength={TEXT_LIMITS.projectName}
        {...text("name")}
      />
      <TextInput
        label="Customer"
        withAsterisk
        autoComplete="off"
        maxLength={TEXT_LIMITS.personName}
        {...text("customerName")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          label="Customer’s e-mail"
          type="email"
          autoComplete="off"
          {...text("customerEmail")}
        />
        <TextInput
          label="Customer’s phone"
          type="tel"
          autoComplete="off"
          maxLength={TEXT_LIMITS.phone}
          {...text("customerPhone")}
        />
      </SimpleGrid>
      <TextInput
        label="Site address"
        autoComplete="off"
        maxLength={TEXT_LIMITS.address}
        {...text("siteAddress")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <NumberInput label="System size (kW DC)" placeholder="8.4" {...number("systemSizeKw")} />
        <NumberInput
          label="Contract price (US$)"
          placeholder="24,500"
          {...number("contractPriceUsd")}
        />
      </SimpleGrid>
      {stage && (
        <NativeSelect
          label="Stage"
          name="stageId"
          data={stage.options}
          value={stage.value}
          onChange={(event) => stage.onChange(event.currentTarget.value)}
        />
      )}
      <Textarea
        label="About the job"
        autosize
        minRows={3}
        maxRows={10}
        maxLength={TEXT_LIMITS.notes}
        {...text("notes")}
      />
    </Stack>
  );
}
