"use client";

import { Modal, Stack, Text } from "@mantine/core";
import { ManagedView } from "./ManagedView";
import type { SavedView } from "./savedFilter";

type ManageViewsDialogProps = { views: SavedView[]; opened: boolean; onClose: () => void };

/** The views that the member may rename, share and delete. */
export function ManageViewsDialog({ views, opened, onClose }: ManageViewsDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Saved views"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="lg">
        {views.length === 0 && (
          <Text size="sm" c="dimmed">
            No views are left. Save one from the menu above the list.
          </Text>
        )}
        {views.map((view) => (
          <ManagedView key={view._id} view={view} onDeleted={onClose} />
        ))}
      </Stack>
    </Modal>
  );
}
