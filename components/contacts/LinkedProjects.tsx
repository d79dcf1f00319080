"use client";

import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { Panel } from "@/components/ui/Panel";
import { RowLink } from "@/components/ui/RowLink";
import { StageBadge } from "@/components/ui/StageBadge";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatProjectNumber } from "@/lib/format";
import classes from "./Contacts.module.css";
import { EmptyLine } from "./EmptyLine";
import { PagedList } from "./PagedList";

const PAGE = { initialNumItems: 10 };

/** The projects for a person. */
export function ProjectsOfContact({ contactId }: { contactId: Id<"contacts"> }) {
  const pages = usePaginatedQuery(api.contactLinks.projectsOfContact, { contactId }, PAGE);
  return <LinkedProjects {...pages} />;
}

/** The projects for the people of an organization. */
export function ProjectsOfOrganization(props: { organizationId: Id<"organizations"> }) {
  const pages = usePaginatedQuery(api.contactLinks.projectsOfOrganization, props, PAGE);
  return <LinkedProjects {...pages} />;
}

type Row = FunctionReturnType<typeof api.contactLinks.projectsOfContact>["page"][number];
type Pages = Pick<
  ReturnType<typeof usePaginatedQuery<typeof api.contactLinks.projectsOfContact>>,
  "status" | "loadMore"
> & { results: Row[] };

function LinkedProjects({ results, status, loadMore }: Pages) {
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const all = stages.status === "ready" ? stages.data : [];
  return (
    <Panel title="Projects" flush>
      {results.length === 0 ? (
        <EmptyLine loading={status === "LoadingFirstPage"}>No projects yet.</EmptyLine>
      ) : (
        <PagedList rows={results} status={status} loadMore={loadMore}>
          {(project) => {
            const stage = all.find(({ _id }) => _id === project.stageId);
            return (
              <>
                <div className={classes.who}>
                  <RowLink href={`/projects/${project._id}`}>{project.name}</RowLink>
                  <span className={classes.sub}>
                    {formatProjectNumber(project.number)}
                    {project.archived && " · Archived"}
                    {project.siteAddress && (
                      <>
                        {" · "}
                        <bdi>{project.siteAddress}</bdi>
                      </>
                    )}
                  </span>
                </div>
                {stage && <StageBadge name={stage.name} category={stage.category} />}
              </>
            );
          }}
        </PagedList>
      )}
    </Panel>
  );
}
