import { Button, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useState } from "react";
import { useExclusive } from "@/components/ui/useExclusive";
import { signupForm } from "@/lib/signup";
import type { Problem } from "./clerkProblems";
import { FormAlert } from "./FormAlert";
import { placeProblems } from "./placeProblems";

const schema = signupForm.pick({ email: true });

type EmailFormProps = {
  submitLabel: string;
  onSubmit: (email: string) => Promise<Problem[]>;
};

/** Asks for an e-mail address and nothing else. */
export function EmailForm({ submitLabel, onSubmit }: EmailFormProps) {
  const [alert, setAlert] = useState<string>();
  const form = useForm({
    initialValues: { email: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const [submit, submitting] = useExclusive(async (values: { email: string }) => {
    setAlert(undefined);
    setAlert(placeProblems(form, await onSubmit(schema.parse(values).email)));
  });
  return (
    <form noValidate onSubmit={form.onSubmit(submit, () => form.getInputNode("email")?.focus())}>
      <Stack gap="lg">
        <FormAlert>{alert}</FormAlert>
        <TextInput
          label="E-mail address"
          name="email"
          type="email"
          required
          withAsterisk={false}
          autoComplete="username"
          inputMode="email"
          spellCheck={false}
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <Button type="submit" size="md" fullWidth loading={submitting}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
