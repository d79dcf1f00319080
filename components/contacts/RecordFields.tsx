"use client";

import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import type { z } from "zod";
import { Facts } from "@/components/ui/Facts";
import { type FieldInput, InlineField } from "@/components/ui/InlineField";

/** A field of a record, as its page shows and changes it. */
export type RecordField<Name extends string> = {
  name: Name;
  label: string;
  input?: FieldInput;
  choices?: { value: string; label: string }[];
};

type RecordFieldsProps<Name extends string> = {
  fields: RecordField<Name>[];
  record: Record<Name, string>;
  schema: z.ZodObject<Record<Name, z.ZodType>>;
  editable: boolean;
  onSave: (change: Partial<Record<Name, string>>) => Promise<unknown>;
  /** Further lines, behind the fields. */
  more?: { label: string; value: ReactNode }[];
};

/** The fields of a record, each changed where it stands. */
export function RecordFields<Name extends string>(props: RecordFieldsProps<Name>) {
  const { fields, record, schema, editable, onSave, more = [] } = props;
  return (
    <Facts
      items={[
        ...fields.map(({ name, label, input, choices }) => ({
          label,
          value: (
            <InlineField
              label={label}
              value={record[name]}
              shown={linkTo(input, record[name])}
              editable={editable}
              input={input}
              choices={choices}
              check={(typed) => {
                const checked = schema.shape[name].safeParse(typed);
                return checked.success ? null : (checked.error.issues[0]?.message ?? "Not right.");
              }}
              save={(typed) => onSave({ [name]: typed } as Partial<Record<Name, string>>)}
            />
          ),
        })),
        ...more,
      ]}
    />
  );
}

function linkTo(input: RecordField<string>["input"], value: string): ReactNode {
  if (value === "") return undefined;
  const address = { email: `mailto:${value}`, tel: `tel:${value}`, url: value };
  if (input !== "email" && input !== "tel" && input !== "url") return undefined;
  const apart = input === "url" ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return (
    <Anchor inherit href={address[input]} {...apart}>
      <bdi>{value}</bdi>
    </Anchor>
  );
}
