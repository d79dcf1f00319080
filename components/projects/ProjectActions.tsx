"use client";

import { Button } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconPencil } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { toastError, toastSuccess, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import type { ProjectDetail } from "./types";

const ArchiveDialog = dynamic(() => import("./ArchiveDialog").then((m) => m.ArchiveDialog));
const EditProjectDrawer = dynamic(() =>
  import("./EditProjectDrawer").then((m) => m.EditProjectDrawer),
);

/** Edit and archive, or restore. For members with `projects.write`. */
export function ProjectActions({ project }: { project: ProjectDetail }) {
  const archive = useMutation(api.projects.archive);
  const restore = useMutation(api.projects.restore);
  const editing = useLazyDisclosure();
  const asking = useLazyDisclosure();
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

  return (
    <>
      {project.archivedAt !== undefined ? (
        <Button
          leftSection={<IconArchiveOff size={17} stroke={1.8} aria-hidden />}
          loading={restoring}
          onClick={() => void restoreNow()}
        >
          Restore
        </Button>
      ) : (
        <>
          <Button
            variant="default"
            leftSection={<IconArchive size={17} stroke={1.8} aria-hidden />}
            loading={archiving}
            onClick={asking.open}
          >
            Archive
          </Button>
          <Button
            leftSection={<IconPencil size={17} stroke={1.8} aria-hidden />}
            onClick={editing.open}
          >
            Edit
          </Button>
        </>
      )}
      {asking.wanted && (
        <ArchiveDialog
          name={project.name}
          opened={asking.opened}
          onClose={asking.close}
          onArchive={() => void archiveNow()}
        />
      )}
      {editing.wanted && (
        <EditProjectDrawer project={project} opened={editing.opened} onClose={editing.close} />
      )}
    </>
  );
}
