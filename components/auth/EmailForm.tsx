import { Button, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { signupForm } from "@/lib/signup";
import type { Problem } from "./clerkProblems";
import { FormAlert } from "./FormAlert";
import { useAuthSubmit } from "./useAuthSubmit";

const schema = signupForm.pick({ email: true });

type EmailFormProps = {
  submitLabel: string;
  onSubmit: (email: string) => Promise<Problem[]>;
};

/** Asks for an e-mail address and nothing else. */
export function EmailForm({ submitLabel, onSubmit }: EmailFormProps) {
  const form = useForm({
    initialValues: { email: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const { alert, submit, submitting } = useAuthSubmit(form, async (values) =>
    onSubmit(schema.parse(values).email),
  );
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
