import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What went wrong with the form as a whole; screen readers read it out when it appears. */
export function FormAlert({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle size={20} stroke={1.8} aria-hidden />}>
      {children}
    </Alert>
  );
}
