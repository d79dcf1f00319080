import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { AnchorLink } from "@/components/ui/links";
import type { Problem } from "./clerkProblems";
import { FormAlert } from "./FormAlert";
import { PasswordField } from "./PasswordField";
import { useAuthSubmit } from "./useAuthSubmit";

export type Credentials = { email: string; password: string };

/** E-mail address and password. */
export function SignInForm({
  onSubmit,
}: {
  onSubmit: (credentials: Credentials) => Promise<Problem[]>;
}) {
  const form = useForm<Credentials>({
    initialValues: { email: "", password: "" },
    validate: {
      email: (email) => (email.trim() === "" ? "Enter your e-mail address." : null),
      password: (password) => (password === "" ? "Enter your password." : null),
    },
  });
  const { alert, submit, submitting } = useAuthSubmit(form, onSubmit);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(submit, (errors) =>
        form.getInputNode(errors["email"] ? "email" : "password")?.focus(),
      )}
    >
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
        <div>
          <PasswordField
            name="password"
            autoComplete="current-password"
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <AnchorLink href="/forgot-password" size="sm" mt={8} display="inline-block">
            Forgotten it?
          </AnchorLink>
        </div>
        <Button type="submit" size="md" fullWidth loading={submitting}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
