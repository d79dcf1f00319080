"use client";

import { Alert, Badge } from "@mantine/core";
import { useMutation } from "convex/react";
import project from "@/components/projects/ProjectView.module.css";
import { AnchorLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { contactForm } from "@/lib/contacts";
import { formatDate } from "@/lib/format";
import { ArchiveButton } from "./ArchiveButton";
import classes from "./Contacts.module.css";
import { LeadsOfContact } from "./LinkedLeads";
import { ProjectsOfContact } from "./LinkedProjects";
import { OrganizationPicker } from "./OrganizationPicker";
import { PossibleDuplicates } from "./PossibleDuplicates";
import { type RecordField, RecordFields } from "./RecordFields";
import type { ContactDetail } from "./types";

const FIELDS: RecordField<"name" | "email" | "phone" | "address" | "notes">[] = [
  { name: "name", label: "Name" },
  { name: "email", label: "E-mail", input: "email" },
  { name: "phone", label: "Phone", input: "tel" },
  { name: "address", label: "Address" },
  { name: "notes", label: "Notes", input: "lines" },
];

/** Everything about one person. */
export function ContactBody({ contact }: { contact: ContactDetail }) {
  const { can } = useMember();
  const update = useMutation(api.contacts.update).withOptimisticUpdate((store, change) => {
    const { contactId, organizationId, ...fields } = change;
    const shown = store.getQuery(api.contacts.get, { contactId });
    if (shown) store.setQuery(api.contacts.get, { contactId }, { ...shown, ...fields });
  });
  const archive = useMutation(api.contacts.archive);
  const restore = useMutation(api.contacts.restore);
  const { _id: contactId, organization, state } = contact;
  const mayWrite = can("contacts.write") && state !== "merged";
  const editable = mayWrite && state === "active";
  return (
    <>
      <PageHeader
        title={<bdi>{contact.name}</bdi>}
        description={
          <span className={project.badges}>
            {organization && <bdi>{organization.name}</bdi>}
            {state !== "active" && (
              <Badge color="gray" variant="light" size="lg" tt="none">
                {state === "archived" ? "Archived" : "Merged"}
              </Badge>
            )}
          </span>
        }
        actions={
          mayWrite && (
            <ArchiveButton
              what="Contact"
              archived={state === "archived"}
              archive={() => archive({ contactId })}
              restore={() => restore({ contactId })}
            />
          )
        }
      />
      <div className={project.stack}>
        <States contact={contact} />
        {editable && <PossibleDuplicates contact={contact} />}
        <div className={project.columns}>
          <Panel title="Details">
            <RecordFields
              fields={FIELDS}
              record={contact}
              schema={contactForm}
              editable={editable}
              onSave={(change) => update({ contactId, ...change })}
              more={[{ label: "Added", value: formatDate(contact._creationTime) }]}
            />
          </Panel>
          <Panel title="Organization">
            {editable ? (
              <div className={classes.picker}>
                <OrganizationPicker
                  label="Belongs to"
                  value={organization?._id ?? null}
                  onChange={(organizationId) =>
                    void update({ contactId, organizationId }).catch(toastError)
                  }
                />
              </div>
            ) : (
              !organization && "None"
            )}
            {organization && (
              <AnchorLink
                href={`/contacts/organizations/${organization._id}`}
                mt={10}
                display="inline-block"
              >
                Open <bdi>{organization.name}</bdi>
              </AnchorLink>
            )}
          </Panel>
        </div>
        <QueryBoundary>
          <div className={project.columns}>
            <ProjectsOfContact contactId={contactId} />
            <LeadsOfContact contactId={contactId} />
          </div>
        </QueryBoundary>
      </div>
    </>
  );
}

function States({ contact }: { contact: ContactDetail }) {
  const { archivedAt, mergedInto, merged } = contact;
  return (
    <>
      {mergedInto && (
        <Alert color="lake" title="This contact was merged">
          It became part of{" "}
          <AnchorLink href={`/contacts/${mergedInto._id}`} underline="always">
            <bdi>{mergedInto.name}</bdi>
          </AnchorLink>
          .
        </Alert>
      )}
      {contact.state === "archived" && archivedAt !== undefined && (
        <Alert color="gray" title={`Archived on ${formatDate(archivedAt)}`}>
          It is out of the lists and keeps all its data. Restore it to go on working with it.
        </Alert>
      )}
      {merged.some(({ done }) => !done) && (
        <Alert color="lake" title="Merging" role="status">
          {merged
            .filter(({ done }) => !done)
            .map(({ name, moved }) => `${name}: ${moved} projects and leads moved so far.`)
            .join(" ")}{" "}
          It goes on when you close this page.
        </Alert>
      )}
    </>
  );
}
