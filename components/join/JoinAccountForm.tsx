import { Button, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { Problem } from "@/components/auth/clerkProblems";
import { FormAlert } from "@/components/auth/FormAlert";
import { PasswordField } from "@/components/auth/PasswordField";
import { useAuthSubmit } from "@/components/auth/useAuthSubmit";
import type { JoinForm } from "@/lib/signup";

type JoinAccountFormProps = {
  form: UseFormReturnType<JoinForm>;
  /** The invited address; it is given. */
  email: string;
  onSubmit: (values: JoinForm) => Promise<Problem[]>;
};

/** Name and password of a new account; the address is that of the invitation. */
export function JoinAccountForm({ form, email, onSubmit }: JoinAccountFormProps) {
  const { alert, submit, submitting } = useAuthSubmit(form, onSubmit);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(submit, (errors) =>
        form.getInputNode(errors["name"] ? "name" : "password")?.focus(),
      )}
    >
      <Stack gap="lg">
        <FormAlert>{alert}</FormAlert>
        <TextInput
          label="E-mail address"
          type="email"
          value={email}
          readOnly
          autoComplete="username"
          variant="filled"
        />
        <TextInput
          label="Your name"
          name="name"
          required
          withAsterisk={false}
          autoComplete="name"
          dir="auto"
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        <PasswordField
          name="password"
          description="At least 8 characters."
          autoComplete="new-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        {/* Clerk puts its bot check here when it wants one. */}
        <div id="clerk-captcha" />
        <Button type="submit" size="md" fullWidth loading={submitting}>
          Create account and join
        </Button>
      </Stack>
    </form>
  );
}
