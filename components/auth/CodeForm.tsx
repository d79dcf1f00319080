import { Anchor, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState, type ReactNode } from "react";
import { useExclusive } from "@/components/ui/useExclusive";
import { clerkProblems, type Problem } from "./clerkProblems";
import classes from "./CodeForm.module.css";
import { FormAlert } from "./FormAlert";
import { useAuthSubmit } from "./useAuthSubmit";
import { useCountdown } from "./useCountdown";

/** How long to wait before another code may be asked for, in seconds. */
const RESEND_AFTER_S = 30;

type CodeFormProps = {
  submitLabel: string;
  /** Checks the code; what it returns is shown at the field. */
  onSubmit: (code: string) => Promise<Problem[]>;
  /** Sends another code; left out where codes are not sent (an authenticator app). */
  onResend?: () => Promise<Problem[]>;
  /** The way back, such as a link to change the address. */
  back?: ReactNode;
  /** Something that went wrong before this form appeared. */
  initialAlert?: string | undefined;
};

/** One field for the six-digit code, with a new code after a pause. */
export function CodeForm({ submitLabel, onSubmit, onResend, back, initialAlert }: CodeFormProps) {
  const [sent, setSent] = useState(false);
  const countdown = useCountdown(RESEND_AFTER_S);
  const form = useForm({
    initialValues: { code: "" },
    validate: { code: (code) => (/^\d{6}$/.test(code) ? null : "Enter the six digits.") },
  });

  const { alert, setAlert, submit, submitting } = useAuthSubmit(
    form,
    ({ code }) => {
      setSent(false);
      return onSubmit(code);
    },
    initialAlert,
  );
  const [resend, resending] = useExclusive(async () => {
    const problems = (await onResend?.().catch(clerkProblems)) ?? [];
    setAlert(problems.map(({ message }) => message).join(" ") || undefined);
    if (problems.length > 0) return;
    form.setValues({ code: "" });
    form.clearErrors();
    setSent(true);
    countdown.restart();
    form.getInputNode("code")?.focus();
  });

  return (
    <form noValidate onSubmit={form.onSubmit(submit, () => form.getInputNode("code")?.focus())}>
      <Stack gap="lg">
        <FormAlert>{alert}</FormAlert>
        <TextInput
          label="Code"
          size="lg"
          required
          withAsterisk={false}
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          classNames={{ input: classes.code ?? "" }}
          {...form.getInputProps("code")}
          onChange={(event) => form.setFieldValue("code", digits(event.currentTarget.value))}
          key={form.key("code")}
        />
        <Button type="submit" size="md" fullWidth loading={submitting}>
          {submitLabel}
        </Button>
        <Group justify="space-between" gap="sm">
          {onResend && (
            <Text size="sm" c="dimmed" component="div">
              {sent && <span role="status">A new code is on its way. </span>}
              {countdown.left > 0 ? (
                `You can have a new one sent in ${countdown.left} s.`
              ) : (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  disabled={resending}
                  onClick={() => resend()}
                >
                  Send a new code
                </Anchor>
              )}
            </Text>
          )}
          {back}
        </Group>
      </Stack>
    </form>
  );
}

/** A code pasted as "424 242" or "424-242" is the same code. */
function digits(text: string): string {
  return text.replace(/\D/g, "").slice(0, 6);
}
