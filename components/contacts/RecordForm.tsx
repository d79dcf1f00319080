"use client";

import { Drawer, Stack } from "@mantine/core";
import { schemaResolver, useForm, type UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { z } from "zod";
import { FormFooter } from "@/components/projects/FormFooter";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { errorData } from "@/lib/errors";

type RecordFormProps<Values extends object> = {
  title: string;
  submit: string;
  schema: z.ZodType<Values, Values>;
  empty: Values;
  opened: boolean;
  onClose: () => void;
  /** Throws what the server refuses; a refusal that names a field is shown there. */
  onSave: (values: Values) => Promise<void>;
  children: (form: UseFormReturnType<Values>) => ReactNode;
};

/** A new record in a drawer, checked with the schema that the server uses too. */
export function RecordForm<Values extends object>(props: RecordFormProps<Values>) {
  const { title, submit, schema, empty, opened, onClose, onSave, children } = props;
  const form = useForm<Values>({
    initialValues: empty,
    validate: schemaResolver(schema, { sync: true }),
  });

  function discard() {
    form.reset();
    onClose();
  }

  const [save, busy] = useExclusive(async (values: Values) => {
    try {
      await onSave(values);
      discard();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field && data.field in empty) form.setFieldError(data.field, data.message);
      else toastError(thrown);
    }
  });

  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => void save(values),
          (errors) => form.getInputNode(Object.keys(errors)[0] as never)?.focus(),
        )}
      >
        <Stack gap="md">{children(form)}</Stack>
        <FormFooter submit={submit} busy={busy} onCancel={discard} />
      </form>
    </Drawer>
  );
}
