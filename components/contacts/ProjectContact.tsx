"use client";

import { useMutation } from "convex/react";
import { showChanged } from "@/components/projects/showChanged";
import type { ProjectDetail } from "@/components/projects/types";
import { AnchorLink } from "@/components/ui/links";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { ContactPicker } from "./ContactPicker";

type ProjectContactProps = { project: ProjectDetail; editable: boolean };

/** Whom a project is for: the contact behind the customer's fields. */
export function ProjectContact({ project, editable }: ProjectContactProps) {
  const { can } = useMember();
  const { _id: projectId, contactId } = project;
  const contact = useLiveQuery(
    api.contacts.get,
    contactId !== undefined && can("contacts.read") ? { contactId } : "skip",
  );
  const link = useMutation(api.contactLinks.linkProject).withOptimisticUpdate((store, change) =>
    showChanged(store, projectId, { contactId: change.contactId ?? undefined }),
  );
  if (!can("contacts.read")) return null;
  const known = contact.status === "ready" ? contact.data : null;
  return (
    <>
      {editable && (
        <ContactPicker
          label="Contact"
          value={known && contactId ? { _id: contactId, name: known.name } : null}
          onChange={(next) => void link({ projectId, contactId: next }).catch(toastError)}
        />
      )}
      {known && (
        <AnchorLink href={`/contacts/${known._id}`} mt={8} display="inline-block" size="sm">
          Open <bdi>{known.name}</bdi>
        </AnchorLink>
      )}
    </>
  );
}
