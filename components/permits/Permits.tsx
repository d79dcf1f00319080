"use client";

import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { useSearchParams } from "next/navigation";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { ButtonLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { PERMIT_KINDS, PERMIT_KIND_NAMES, type PermitKind } from "@/lib/permits";
import classes from "./Permits.module.css";
import { filterFrom, filterHref, narrows, NO_FILTER, type PermitsFilter } from "./permitsFilter";
import { WaitingList } from "./WaitingList";

/** Everything that waits: the permits and interconnections of all jobs, the longest waiting first. */
export function Permits() {
  return (
    <RequirePermission permission="projects.read">
      <Waiting />
    </RequirePermission>
  );
}

function Waiting() {
  const filter = filterFrom(useSearchParams());
  const authority = useLiveQuery(
    api.authorities.get,
    filter.authority ? { authorityId: filter.authority } : "skip",
  );
  // An address may name one that is not ours, or is none: then it narrows nothing.
  const known = filter.authority && authority.status === "ready" ? authority.data : undefined;
  const settled = filter.authority === null || authority.status !== "loading";

  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (change: Partial<PermitsFilter>) =>
    window.history.pushState(null, "", filterHref({ ...filter, ...change }));

  return (
    <>
      <PageHeader
        title="Permits"
        description="What waits for an authority or for you, the longest waiting first."
        actions={
          <ButtonLink href="/permits/authorities" variant="default">
            AHJs and utilities
          </ButtonLink>
        }
      />
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="Waiting on"
          value={filter.on ?? ""}
          data={[
            { value: "", label: "All" },
            { value: "us", label: "On you" },
            { value: "authority", label: "On authorities" },
          ]}
          onChange={(value) => apply({ on: (value || null) as PermitsFilter["on"] })}
        />
        <NativeSelect
          aria-label="Kind"
          value={filter.kind ?? ""}
          data={[
            { value: "", label: "Permits and interconnections" },
            ...PERMIT_KINDS.map((value) => ({ value, label: `${PERMIT_KIND_NAMES[value]}s` })),
          ]}
          onChange={(event) =>
            apply({ kind: (event.currentTarget.value || null) as PermitKind | null })
          }
        />
        {known && (
          <span className={classes.authority}>
            At <bdi>{known.name}</bdi>
          </span>
        )}
        {narrows(filter) && (
          <Button variant="subtle" color="gray" onClick={() => apply(NO_FILTER)}>
            Clear filters
          </Button>
        )}
      </div>
      <Panel flush>
        <QueryBoundary resetKey={filterHref(filter)}>
          {!settled && <ProjectsSkeleton rows={4} />}
          {settled && (
            <WaitingList
              query={{
                on: filter.on ?? undefined,
                kind: filter.kind ?? undefined,
                authorityId: known?._id,
              }}
              narrowed={narrows(filter)}
              onShowAll={() => apply(NO_FILTER)}
            />
          )}
        </QueryBoundary>
      </Panel>
    </>
  );
}
