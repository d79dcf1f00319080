import { Alert, Button, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import Link from "next/link";
import type { SetupTrouble } from "./setupTrouble";

type SetupTroubleNoticeProps = {
  trouble: SetupTrouble | null;
  busy: boolean;
  /** Tries again without reloading the page, where that can help. */
  onRetry?: (() => void) | undefined;
  onSignOut: () => void;
};

/** Says what holds the setting-up back and offers what helps. Nothing when all is well. */
export function SetupTroubleNotice({ trouble, ...remedies }: SetupTroubleNoticeProps) {
  if (trouble === null) return null;
  if (trouble.severity === "slow") {
    return (
      <Text role="status" size="sm" c="dimmed">
        {trouble.text}
      </Text>
    );
  }
  return (
    <Alert
      color="red"
      title={trouble.title}
      icon={<IconAlertCircle size={20} stroke={1.8} aria-hidden />}
    >
      <Text size="sm" mb="sm">
        {trouble.text}
      </Text>
      <Remedy of={trouble} {...remedies} />
    </Alert>
  );
}

function Remedy({
  of: { remedy },
  busy,
  onRetry = reload,
  onSignOut,
}: Omit<SetupTroubleNoticeProps, "trouble"> & { of: SetupTrouble }) {
  const look = { size: "xs", variant: "default" } as const;
  switch (remedy) {
    case "account":
      return (
        <Button {...look} component={Link} href="/account">
          Open your account
        </Button>
      );
    case "signOut":
      return (
        <Button {...look} onClick={onSignOut}>
          Sign out
        </Button>
      );
    case "reload":
      return (
        <Button {...look} onClick={reload}>
          Try again
        </Button>
      );
    default:
      return (
        <Button {...look} loading={busy} onClick={onRetry}>
          Try again
        </Button>
      );
  }
}

function reload(): void {
  window.location.reload();
}
