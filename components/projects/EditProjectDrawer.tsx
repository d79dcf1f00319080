"use client";

import { Alert, Drawer } from "@mantine/core";
import { useMutation } from "convex/react";
import type { FormEvent } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { FormFooter } from "./FormFooter";
import { changesOf, formValuesOf, type FormField } from "./formValues";
import { ProjectFields } from "./ProjectFields";
import type { ProjectDetail } from "./types";
import { useProjectForm } from "./useProjectForm";

type EditProjectDrawerProps = { project: ProjectDetail; opened: boolean; onClose: () => void };

/** The form to change a project. Only fields that were edited are saved. */
export function EditProjectDrawer({ project, opened, onClose }: EditProjectDrawerProps) {
  const update = useMutation(api.projects.update);
  const form = useProjectForm(formValuesOf(project));
  const dirty = form.edited.length > 0;

  function discard() {
    form.reset();
    onClose();
  }

  const [submit, busy] = useExclusive(async () => {
    const checked = form.check();
    if (checked === null) return;
    try {
      if (dirty) {
        await update({ projectId: project._id, ...changesOf(form.edited, checked) });
        toastSuccess("Changes saved.");
      }
      discard();
    } catch (thrown) {
      if (!form.refuse(thrown)) toastError(thrown);
    }
  });

  return (
    <Drawer
      opened={opened}
      onClose={discard}
      // A stray click or Escape must not cost what was typed; Cancel and the cross say what they do.
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      title="Edit project"
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
        {form.overtaken.length > 0 && (
          <Alert color="lake" title="Somebody else just changed this" mb="md" role="status">
            {form.overtaken.map((field) => FIELD_NAMES[field]).join(", ")}: saving puts your version
            in place of theirs.
          </Alert>
        )}
        <ProjectFields form={form} />
        <FormFooter submit="Save changes" busy={busy} onCancel={discard} />
      </form>
    </Drawer>
  );
}

const FIELD_NAMES: Record<FormField, string> = {
  name: "Project name",
  customerName: "Customer",
  customerEmail: "E-mail",
  customerPhone: "Phone",
  siteAddress: "Site address",
  systemSizeKw: "System size",
  contractPriceUsd: "Contract price",
  notes: "About the job",
};
