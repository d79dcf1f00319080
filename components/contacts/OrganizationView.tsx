"use client";

import { Alert, Badge } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconBuilding } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { ProjectSkeleton } from "@/components/projects/ProjectSkeleton";
import project from "@/components/projects/ProjectView.module.css";
import { AnchorLink, ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice, QueryBoundary } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { ORGANIZATION_KIND_NAMES, organizationForm, type OrganizationForm } from "@/lib/contacts";
import { errorData } from "@/lib/errors";
import { formatDate } from "@/lib/format";
import { ArchiveButton } from "./ArchiveButton";
import { KIND_CHOICES } from "./kindChoices";
import { LeadsOfOrganization } from "./LinkedLeads";
import { ProjectsOfOrganization } from "./LinkedProjects";
import { PeopleOfOrganization } from "./PeopleOfOrganization";
import { type RecordField, RecordFields } from "./RecordFields";
import type { OrganizationDetail } from "./types";

const FIELDS: RecordField<keyof OrganizationForm>[] = [
  { name: "name", label: "Name" },
  { name: "kind", label: "Kind", choices: KIND_CHOICES },
  { name: "website", label: "Website", input: "url" },
  { name: "phone", label: "Phone", input: "tel" },
  { name: "address", label: "Address" },
  { name: "notes", label: "Notes", input: "lines" },
];

/** An organization's page, live. */
export function OrganizationView({ organizationId }: { organizationId: string }) {
  return (
    <RequirePermission permission="contacts.read">
      <Organization organizationId={organizationId} />
    </RequirePermission>
  );
}

function Organization({ organizationId }: { organizationId: string }) {
  const organization = useLiveQuery(api.organizations.get, { organizationId });
  const name = organization.status === "ready" ? organization.data.name : "Organization";
  useDocumentTitle(`${name} · Sunup`);
  if (organization.status === "error" && errorData(organization.error)?.code === "NOT_FOUND") {
    return (
      <Notice
        order={1}
        icon={<IconBuilding size={26} stroke={1.6} aria-hidden />}
        title="Organization not found"
        actions={
          <ButtonLink href="/contacts?tab=organizations">Go to all organizations</ButtonLink>
        }
      >
        There is no organization at this address in your company. The link may be mistyped, or it
        belongs to another company.
      </Notice>
    );
  }
  return (
    <>
      <AnchorLink href="/contacts?tab=organizations" size="sm" className={project.back}>
        <IconArrowLeft size={16} aria-hidden />
        All organizations
      </AnchorLink>
      {organization.status === "error" && <ErrorNotice error={organization.error} order={1} />}
      {organization.status === "loading" && <ProjectSkeleton />}
      {organization.status === "ready" && <Body organization={organization.data} />}
    </>
  );
}

function Body({ organization }: { organization: OrganizationDetail }) {
  const { can } = useMember();
  const { _id: organizationId, archived, archivedAt } = organization;
  const update = useMutation(api.organizations.update).withOptimisticUpdate((store, change) => {
    const shown = store.getQuery(api.organizations.get, { organizationId });
    if (shown) store.setQuery(api.organizations.get, { organizationId }, { ...shown, ...change });
  });
  const archive = useMutation(api.organizations.archive);
  const restore = useMutation(api.organizations.restore);
  return (
    <>
      <PageHeader
        title={<bdi>{organization.name}</bdi>}
        description={
          <span className={project.badges}>
            {ORGANIZATION_KIND_NAMES[organization.kind]}
            {archived && (
              <Badge color="gray" variant="light" size="lg" tt="none">
                Archived
              </Badge>
            )}
          </span>
        }
        actions={
          can("contacts.write") && (
            <ArchiveButton
              what="Organization"
              archived={archived}
              archive={() => archive({ organizationId })}
              restore={() => restore({ organizationId })}
            />
          )
        }
      />
      <div className={project.stack}>
        {archivedAt !== undefined && (
          <Alert color="gray" title={`Archived on ${formatDate(archivedAt)}`}>
            It is out of the lists and keeps all its data. Restore it to go on working with it.
          </Alert>
        )}
        <div className={project.columns}>
          <Panel title="Details">
            <RecordFields
              fields={FIELDS}
              record={organization}
              schema={organizationForm}
              editable={can("contacts.write") && !archived}
              onSave={(change) => update({ organizationId, ...change } as UpdateArgs)}
            />
          </Panel>
          <PeopleOfOrganization organizationId={organizationId} />
        </div>
        <QueryBoundary>
          <div className={project.columns}>
            <ProjectsOfOrganization organizationId={organizationId} />
            <LeadsOfOrganization organizationId={organizationId} />
          </div>
        </QueryBoundary>
      </div>
    </>
  );
}

/** The kind's select offers no other values. */
type UpdateArgs = Partial<OrganizationForm> &
  Pick<OrganizationDetail, never> & {
    organizationId: OrganizationDetail["_id"];
  };
