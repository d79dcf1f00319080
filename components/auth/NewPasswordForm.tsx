import { Button, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useState } from "react";
import { useExclusive } from "@/components/ui/useExclusive";
import { signupForm } from "@/lib/signup";
import type { Problem } from "./clerkProblems";
import { FormAlert } from "./FormAlert";
import { PasswordField } from "./PasswordField";
import { placeProblems } from "./placeProblems";

const schema = signupForm.pick({ password: true });

type NewPasswordFormProps = {
  submitLabel: string;
  onSubmit: (password: string) => Promise<Problem[]>;
};

/** Asks for a new password, under the same rules as sign-up. */
export function NewPasswordForm({ submitLabel, onSubmit }: NewPasswordFormProps) {
  const [alert, setAlert] = useState<string>();
  const form = useForm({
    initialValues: { password: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const [submit, submitting] = useExclusive(async ({ password }: { password: string }) => {
    setAlert(undefined);
    setAlert(placeProblems(form, await onSubmit(password)));
  });
  return (
    <form noValidate onSubmit={form.onSubmit(submit, () => form.getInputNode("password")?.focus())}>
      <Stack gap="lg">
        <FormAlert>{alert}</FormAlert>
        <PasswordField
          label="New password"
          name="password"
          description="At least 8 characters."
          autoComplete="new-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" size="md" fullWidth loading={submitting}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
