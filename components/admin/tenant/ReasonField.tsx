import { Textarea } from "@mantine/core";
import { TEXT_LIMITS } from "@/lib/limits";

type ReasonFieldProps = {
  description: string;
  value: string;
  error: string | undefined;
  onChange: (reason: string) => void;
};

/** Why staff take a step with a company. */
export function ReasonField({ description, value, error, onChange }: ReasonFieldProps) {
  return (
    <Textarea
      label="Reason"
      name="reason"
      description={description}
      withAsterisk
      autosize
      minRows={2}
      maxRows={6}
      maxLength={TEXT_LIMITS.reason}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
