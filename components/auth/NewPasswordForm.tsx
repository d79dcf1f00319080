import { Button, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { signupForm } from "@/lib/signup";
import type { Problem } from "./clerkProblems";
import { FormAlert } from "./FormAlert";
import { PasswordField } from "./PasswordField";
import { useAuthSubmit } from "./useAuthSubmit";

const schema = signupForm.pick({ password: true });

type NewPasswordFormProps = {
  submitLabel: string;
  onSubmit: (password: string) => Promise<Problem[]>;
};

/** Asks for a new password, under the same rules as sign-up. */
export function NewPasswordForm({ submitLabel, onSubmit }: NewPasswordFormProps) {
  const form = useForm({
    initialValues: { password: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const { alert, submit, submitting } = useAuthSubmit(form, ({ password }) => onSubmit(password));
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
