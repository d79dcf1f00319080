"use client";

import { Button } from "@mantine/core";
import { IconArchive, IconArchiveOff } from "@tabler/icons-react";
import { toastError, toastSuccess, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";

type ArchiveButtonProps = {
  archived: boolean;
  /** "Contact", "Organization". */
  what: string;
  archive: () => Promise<unknown>;
  restore: () => Promise<unknown>;
};

/** Takes a record out of the lists, with the way back, or brings it back. */
export function ArchiveButton({ archived, what, archive, restore }: ArchiveButtonProps) {
  const [restoreNow, restoring] = useExclusive(async () => {
    try {
      await restore();
      toastSuccess(`${what} restored.`);
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const [archiveNow, archiving] = useExclusive(async () => {
    try {
      await archive();
      toastUndo(`${what} archived.`, () => void restoreNow());
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return archived ? (
    <Button
      leftSection={<IconArchiveOff size={17} stroke={1.8} aria-hidden />}
      loading={restoring}
      onClick={() => void restoreNow()}
    >
      Restore
    </Button>
  ) : (
    <Button
      variant="default"
      leftSection={<IconArchive size={17} stroke={1.8} aria-hidden />}
      loading={archiving}
      onClick={() => void archiveNow()}
    >
      Archive
    </Button>
  );
}
