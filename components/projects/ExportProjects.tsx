"use client";

import { useConvex } from "convex/react";
import type { CsvRow } from "@/components/ui/csv";
import { ExportCsv } from "@/components/ui/ExportCsv";
import { api } from "@/convex/_generated/api";
import { daysBetween } from "@/lib/days";
import { FINANCING_NAMES } from "@/lib/projects";
import { formatProjectNumber } from "@/lib/format";
import type { MemberName, ProjectRow, ProjectsQuery, Stage } from "./types";

type ExportProjectsProps = { query: ProjectsQuery; stages: Stage[]; members: MemberName[] };

/** Downloads the projects that are filtered. */
export function ExportProjects({ query, stages, members }: ExportProjectsProps) {
  const convex = useConvex();
  return (
    <ExportCsv
      name="projects"
      words={["project", "projects"]}
      next={(paginationOpts) => convex.query(api.projects.list, { ...query, paginationOpts })}
      record={(count) => convex.mutation(api.projects.recordExport, { count })}
      rowsOf={(projects) => rowsOf(projects, stages, members)}
    />
  );
}

function rowsOf(projects: ProjectRow[], stages: Stage[], members: MemberName[]): CsvRow[] {
  const stageOf = new Map(stages.map(({ _id, name }) => [_id, name]));
  const nameOf = new Map(members.map(({ _id, name }) => [_id, name]));
  return [
    ["Number", "Project", "Customer", "Site address", "Stage", "Days in stage", "Owner"].concat([
      "Financing",
      "Size (kW DC)",
      "Price (US$)",
      "Created",
      "Updated",
    ]),
    ...projects.map((project) => [
      formatProjectNumber(project.number),
      project.name,
      project.customerName,
      project.siteAddress,
      stageOf.get(project.stageId),
      daysBetween(project.stageEnteredAt, Date.now()),
      project.ownerId && nameOf.get(project.ownerId),
      project.financing && FINANCING_NAMES[project.financing],
      project.systemSizeKw,
      project.contractPriceCents === undefined ? undefined : project.contractPriceCents / 100,
      new Date(project._creationTime).toISOString(),
      new Date(project.updatedAt).toISOString(),
    ]),
  ];
}
