"use client";

import { Button, Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import type { FunctionReturnType } from "convex/server";
import type { FormEvent } from "react";
import { ConflictNotice } from "@/components/ui/ConflictNotice";
import type { api } from "@/convex/_generated/api";
import { formatDate } from "@/lib/format";
import { TEXT_LIMITS } from "@/lib/limits";
import classes from "./CompanySettings.module.css";
import { FIELD_NAMES, shownValue } from "./companyValues";
import { LicenceFields } from "./LicenceFields";
import { timeZoneOptions } from "./timeZoneOptions";
import { useCompanyForm } from "./useCompanyForm";

type Profile = FunctionReturnType<typeof api.company.profile>;

/** The profile's form. Where somebody else saved meanwhile, both versions are there to choose from. */
export function ProfileForm({ profile }: { profile: Profile }) {
  const form = useCompanyForm(profile);
  const { values, errors, change, overtaken } = form;
  const dirty = form.edited.length > 0;
  const text = (field: "name" | "address" | "phone" | "website") => ({
    label: FIELD_NAMES[field],
    name: field,
    value: values[field],
    error: errors[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      change(field, event.currentTarget.value),
  });

  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <Stack gap="md">
        <ConflictNotice
          who={profile.changedByName}
          conflicts={overtaken.map((field) => ({
            field,
            label: FIELD_NAMES[field],
            mine: shownValue(field, values),
            theirs: shownValue(field, profile),
          }))}
          onKeepMine={form.keepMine}
          onTakeTheirs={form.takeTheirs}
        />
        <TextInput withAsterisk maxLength={TEXT_LIMITS.companyName} {...text("name")} />
        <Textarea
          autosize
          minRows={2}
          maxRows={5}
          maxLength={TEXT_LIMITS.address}
          autoComplete="street-address"
          {...text("address")}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput
            type="tel"
            autoComplete="tel"
            maxLength={TEXT_LIMITS.phone}
            {...text("phone")}
          />
          <TextInput
            type="url"
            autoComplete="url"
            placeholder="https://www.company.com"
            maxLength={TEXT_LIMITS.website}
            {...text("website")}
          />
        </SimpleGrid>
        <LicenceFields
          licences={values.licences}
          errors={errors}
          onChange={(licences) => change("licences", licences)}
        />
        <Select
          label={FIELD_NAMES.timeZone}
          description="Due dates and monthly limits follow the days there."
          name="timeZone"
          data={timeZoneOptions(values.timeZone)}
          value={values.timeZone}
          error={errors.timeZone}
          onChange={(zone) => zone && change("timeZone", zone)}
          searchable
          allowDeselect={false}
          nothingFoundMessage="No such time zone"
          maxDropdownHeight={280}
        />
        <div className={classes.footer}>
          <span className={classes.changed}>
            {profile.changedAt !== undefined && (
              <>
                Last changed on {formatDate(profile.changedAt)}
                {profile.changedByName && (
                  <>
                    {" "}
                    by <bdi>{profile.changedByName}</bdi>
                  </>
                )}
                .
              </>
            )}
          </span>
          {dirty && (
            <Button variant="default" onClick={form.discard} disabled={form.busy}>
              Discard changes
            </Button>
          )}
          <Button type="submit" loading={form.busy} disabled={!dirty || overtaken.length > 0}>
            Save changes
          </Button>
        </div>
      </Stack>
    </form>
  );
}
