import { Button, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { TEXT_LIMITS } from "@/lib/limits";
import type { SignupForm } from "@/lib/signup";
import type { Problem } from "./clerkProblems";
import { FormAlert } from "./FormAlert";
import { PasswordField } from "./PasswordField";
import { PlanPicker } from "./PlanPicker";
import classes from "./SignUpForm.module.css";
import { useAuthSubmit } from "./useAuthSubmit";

type SignUpFormProps = {
  form: UseFormReturnType<SignupForm>;
  onSubmit: (values: SignupForm) => Promise<Problem[]>;
};

const LABELS: Record<keyof SignupForm, string> = {
  companyName: "Company name",
  plan: "Plan",
  name: "Your name",
  email: "E-mail address",
  password: "Password",
};

/** Company, plan and account: everything a new customer enters. */
export function SignUpForm({ form, onSubmit }: SignUpFormProps) {
  const { alert, setAlert, submit, submitting } = useAuthSubmit(form, onSubmit);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(submit, (errors) => {
        const wrong = (Object.keys(LABELS) as (keyof SignupForm)[]).filter((name) => errors[name]);
        setAlert(`Please check: ${wrong.map((name) => LABELS[name]).join(", ")}.`);
        if (wrong[0]) form.getInputNode(wrong[0])?.focus();
      })}
    >
      <Stack gap="lg">
        <FormAlert>{alert}</FormAlert>
        <TextInput
          label={LABELS.companyName}
          name="companyName"
          required
          withAsterisk={false}
          autoComplete="organization"
          dir="auto"
          key={form.key("companyName")}
          {...form.getInputProps("companyName")}
        />
        <PlanPicker
          value={form.values.plan}
          onChange={(plan) => form.setFieldValue("plan", plan)}
          error={form.errors["plan"]}
        />
        <TextInput
          label={LABELS.name}
          name="name"
          required
          withAsterisk={false}
          autoComplete="name"
          dir="auto"
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={LABELS.email}
          name="email"
          type="email"
          required
          withAsterisk={false}
          autoComplete="email"
          inputMode="email"
          spellCheck={false}
          maxLength={TEXT_LIMITS.email + 1}
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordField
          label={LABELS.password}
          name="password"
          description="At least 8 characters."
          autoComplete="new-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        {/* Clerk puts its bot check here when it wants one. */}
        <div id="clerk-captcha" className={classes.captcha} />
        <Button type="submit" size="md" fullWidth loading={submitting}>
          Create account
        </Button>
      </Stack>
    </form>
  );
}
