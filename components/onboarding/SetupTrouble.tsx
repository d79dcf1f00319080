import { Alert, Button, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { describeError } from "@/lib/errors";

type SetupTroubleProps = {
  /** What a function threw. */
  error: unknown;
  /** Signed in at Clerk, but the database does not accept the session. */
  refused: boolean;
  /** The database has not answered for a while. */
  slow: boolean;
  busy: boolean;
  /** Tries again without reloading the page, where that can help. */
  onRetry?: (() => void) | undefined;
};

/** Says what holds the setting-up back, and offers to try again. Nothing when all is well. */
export function SetupTrouble({ error, refused, slow, busy, onRetry }: SetupTroubleProps) {
  if (error !== undefined) {
    const { title, message, nextStep } = describeError(error);
    return (
      <Trouble title={title} busy={busy} onRetry={onRetry ?? reload}>
        {message} {nextStep}
      </Trouble>
    );
  }
  if (refused) {
    return (
      <Trouble title="Your session was not accepted" busy={false} onRetry={reload}>
        You are signed in, but the database could not confirm it. Try again, or sign out and in.
      </Trouble>
    );
  }
  if (slow) {
    return (
      <Text role="status" size="sm" c="dimmed">
        The connection is slow. We keep trying; nothing is lost.
      </Text>
    );
  }
  return null;
}

type TroubleProps = {
  title: string;
  children: React.ReactNode;
  busy: boolean;
  onRetry: () => void;
};

function Trouble({ title, children, busy, onRetry }: TroubleProps) {
  return (
    <Alert color="red" title={title} icon={<IconAlertCircle size={20} stroke={1.8} aria-hidden />}>
      <Text size="sm">{children}</Text>
      <Button mt="sm" size="xs" variant="default" loading={busy} onClick={onRetry}>
        Try again
      </Button>
    </Alert>
  );
}

function reload(): void {
  window.location.reload();
}
