import { PasswordInput, type PasswordInputProps } from "@mantine/core";

/** A password field whose characters can be shown, by mouse and by keyboard. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      label="Password"
      required
      withAsterisk={false}
      {...props}
      visibilityToggleFocusable
      // Without the word "password", so that the field's own label stays the only one with it.
      visibilityToggleButtonProps={{ "aria-label": "Show characters" }}
    />
  );
}
