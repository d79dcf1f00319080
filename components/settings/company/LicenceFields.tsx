"use client";

import { ActionIcon, Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type Licence, MAX_LICENCES } from "@/lib/company";
import { TEXT_LIMITS } from "@/lib/limits";
import { US_STATES } from "@/lib/usStates";
import classes from "./CompanySettings.module.css";
import type { CompanyErrors } from "./companyValues";

const STATE_OPTIONS = [{ value: "", label: "State" }, ...US_STATES];

type LicenceFieldsProps = {
  licences: Licence[];
  errors: CompanyErrors;
  onChange: (licences: Licence[]) => void;
};

/** The company's contractor licences, one row each: state and number. */
export function LicenceFields({ licences, errors, onChange }: LicenceFieldsProps) {
  const replace = (place: number, change: Partial<Licence>) =>
    onChange(licences.map((each, index) => (index === place ? { ...each, ...change } : each)));
  return (
    <fieldset className={classes.licences}>
      <legend>Licences</legend>
      <p className={classes.hint}>Contractor licences, as permits and proposals ask for them.</p>
      {licences.map(({ state, number }, place) => (
        <div key={place} className={classes.licence}>
          <NativeSelect
            aria-label={`State of licence ${place + 1}`}
            name={`licences.${place}.state`}
            data={STATE_OPTIONS}
            value={state}
            error={errors[`licences.${place}.state`]}
            onChange={(event) => replace(place, { state: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Number of licence ${place + 1}`}
            placeholder="Number"
            name={`licences.${place}.number`}
            value={number}
            maxLength={TEXT_LIMITS.licenceNumber}
            error={errors[`licences.${place}.number`]}
            autoComplete="off"
            onChange={(event) => replace(place, { number: event.currentTarget.value })}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={`Remove licence ${place + 1}`}
            onClick={() => onChange(licences.toSpliced(place, 1))}
          >
            <IconTrash size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {errors.licences && (
        <Text c="var(--mantine-color-error)" size="xs" mb="xs" role="alert">
          {errors.licences}
        </Text>
      )}
      {licences.length < MAX_LICENCES && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => onChange([...licences, { state: "", number: "" }])}
        >
          Add a licence
        </Button>
      )}
    </fieldset>
  );
}
