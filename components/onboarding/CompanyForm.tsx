import { Button, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { FormAlert } from "@/components/auth/FormAlert";
import { PlanPicker } from "@/components/auth/PlanPicker";
import { describeError } from "@/lib/errors";
import { isPlanId } from "@/lib/plans";
import { signupForm, type SignupMetadata } from "@/lib/signup";

const schema = signupForm.pick({ companyName: true, plan: true });

type CompanyFormProps = {
  /** What the sign-up asked for, where it is usable; the rest is asked for here. */
  asked: { companyName?: unknown; plan?: unknown };
  busy: boolean;
  /** What the last try threw. */
  error: unknown;
  onSubmit: (company: SignupMetadata) => void;
};

/**
 * For users whose sign-up brought no company name that can be used, such as those an administrator
 * of Clerk created.
 */
export function CompanyForm({ asked, busy, error, onSubmit }: CompanyFormProps) {
  const form = useForm<SignupMetadata>({
    initialValues: {
      companyName: typeof asked.companyName === "string" ? asked.companyName : "",
      plan: isPlanId(asked.plan) ? asked.plan : "starter",
    },
    validate: schemaResolver(schema, { sync: true }),
  });
  const failure = error === undefined ? undefined : describeError(error);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => onSubmit(schema.parse(values)),
        () => form.getInputNode("companyName")?.focus(),
      )}
    >
      <Stack gap="lg">
        <FormAlert>{failure && `${failure.message} ${failure.nextStep}`}</FormAlert>
        <TextInput
          label="Company name"
          name="companyName"
          required
          withAsterisk={false}
          autoComplete="organization"
          dir="auto"
          autoFocus
          key={form.key("companyName")}
          {...form.getInputProps("companyName")}
        />
        <PlanPicker
          value={form.values.plan}
          onChange={(plan) => form.setFieldValue("plan", plan)}
          error={form.errors["plan"]}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          Set up my workspace
        </Button>
      </Stack>
    </form>
  );
}
