"use client";

import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { modals } from "@mantine/modals";
import { IconArchive, IconArchiveOff, IconPencil } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { toastError, toastSuccess, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { ProjectDetail } from "./types";

const EditProjectDrawer = dynamic(() =>
  import("./EditProjectDrawer").then((module) => module.EditProjectDrawer),
);

/** Edit and archive, or restore. For members with `projects.write`. */
export function ProjectActions({ project }: { project: ProjectDetail }) {
  const archive = useMutation(api.projects.archive);
  const restore = useMutation(api.projects.restore);
  const [editing, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const projectId = project._id;

  const [restoreNow, restoring] = useExclusive(async () => {
    try {
      await restore({ projectId });
      toastSuccess("Project restored.");
    } catch (thrown) {
      toastError(thrown);
    }
  });

  const [archiveNow, archiving] = useExclusive(async () => {
    try {
      await archive({ projectId });
      toastUndo("Project archived.", () => void restoreNow());
    } catch (thrown) {
      toastError(thrown);
    }
  });

  function askToArchive() {
    modals.openConfirmModal({
      title: "Archive this project?",
      children: (
        <Text size="sm">
          <bdi>{project.name}</bdi> leaves the lists of everybody in your company. Nothing is
          deleted, and you can restore it at any time.
        </Text>
      ),
      labels: { confirm: "Archive", cancel: "Cancel" },
      closeButtonProps: { "aria-label": "Close" },
      onConfirm: () => void archiveNow(),
    });
  }

  if (project.archivedAt !== undefined) {
    return (
      <Button
        leftSection={<IconArchiveOff size={17} stroke={1.8} aria-hidden />}
        loading={restoring}
        onClick={() => void restoreNow()}
      >
        Restore
      </Button>
    );
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArchive size={17} stroke={1.8} aria-hidden />}
        loading={archiving}
        onClick={askToArchive}
      >
        Archive
      </Button>
      <Button
        leftSection={<IconPencil size={17} stroke={1.8} aria-hidden />}
        onClick={() => {
          setWanted(true);
          open();
        }}
      >
        Edit
      </Button>
      {wanted && <EditProjectDrawer project={project} opened={editing} onClose={close} />}
    </>
  );
}
