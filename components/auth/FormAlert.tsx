import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What went wrong with the form as a whole, read out at once by screen readers. */
export function FormAlert({ children }: { children: ReactNode }) {
  return (
    <div role="alert" aria-live="assertive">
      {children && (
        <Alert
          role="presentation"
          color="red"
          icon={<IconAlertCircle size={20} stroke={1.8} aria-hidden />}
        >
          {children}
        </Alert>
      )}
    </div>
  );
}
