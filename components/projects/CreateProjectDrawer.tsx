"use client";

import { Drawer } from "@mantine/core";
import { useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { FormFooter } from "./FormFooter";
import { EMPTY_FORM } from "./formValues";
import { openStages } from "./openStages";
import { ProjectFields } from "./ProjectFields";
import { useProjectForm } from "./useProjectForm";

type CreateProjectDrawerProps = { opened: boolean; onClose: () => void };

/** The form for a new project; a created project opens. */
export function CreateProjectDrawer({ opened, onClose }: CreateProjectDrawerProps) {
  const router = useRouter();
  const create = useMutation(api.projects.create);
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const form = useProjectForm(EMPTY_FORM);
  const [chosenStage, setChosenStage] = useState<string | null>(null);

  const options = stages.status === "ready" ? openStages(stages.data) : [];
  const stage = options.find(({ _id }) => _id === chosenStage) ?? options[0];

  function discard() {
    form.reset();
    setChosenStage(null);
    onClose();
  }

  const [submit, busy] = useExclusive(async () => {
    const project = form.check();
    if (project === null) return;
    try {
      const projectId = await create({ ...project, stageId: stage?._id });
      toastSuccess("Project created.");
      discard();
      router.push(`/projects/${projectId}`);
    } catch (thrown) {
      if (!form.refuse(thrown)) toastError(thrown);
    }
  });

  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title="New project"
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ProjectFields
          form={form}
          stage={
            stage && {
              value: stage._id,
              options: options.map(({ _id, name }) => ({ value: _id, label: name })),
              onChange: setChosenStage,
            }
          }
        />
        <FormFooter submit="Create project" busy={busy} onCancel={discard} />
      </form>
    </Drawer>
  );
}
