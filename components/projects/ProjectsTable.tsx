import { Table } from "@mantine/core";
import { memo, useState } from "react";
import { RowLink } from "@/components/ui/RowLink";
import { RowsTable } from "@/components/ui/RowsTable";
import { StageBadge } from "@/components/ui/StageBadge";
import { formatCents, formatDate, formatKw, formatProjectNumber } from "@/lib/format";
import type { ProjectSort } from "@/lib/projects";
import { DaysInStage } from "./DaysInStage";
import type { ProjectsFilter } from "./projectsFilter";
import classes from "./ProjectsList.module.css";
import { SortableHeading } from "./SortableHeading";
import type { MemberName, ProjectRow, Stage } from "./types";

type ProjectsTableProps = {
  projects: ProjectRow[];
  stages: Stage[];
  members: MemberName[];
  filter: ProjectsFilter;
  onSort: (change: Pick<ProjectsFilter, "sort" | "reversed">) => void;
};

/** Projects at the desk: one row each, the row opens the project. */
export function ProjectsTable(props: ProjectsTableProps) {
  const { projects, stages, members, filter, onSort } = props;
  const [now] = useState(() => Date.now());
  const nameOf = new Map(members.map(({ _id, name }) => [_id, name]));
  const heading = (sort: ProjectSort, label: string, figure = false) => (
    <SortableHeading sort={sort} label={label} figure={figure} filter={filter} onSort={onSort} />
  );
  const stageOf = new Map(stages.map((stage) => [stage._id, stage]));
  return (
    <RowsTable>
      <Table.Thead>
        <Table.Tr>
          {heading("name", "Project")}
          <Table.Th>Customer and site</Table.Th>
          {heading("entered", "Stage")}
          <Table.Th>Owner</Table.Th>
          <Table.Th className={classes.figure}>Size</Table.Th>
          {heading("price", "Price", true)}
          {heading("updated", "Updated", true)}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {projects.map((project) => (
          <ProjectTableRow
            key={project._id}
            project={project}
            stage={stageOf.get(project.stageId)}
            owner={project.ownerId && nameOf.get(project.ownerId)}
            now={now}
          />
        ))}
      </Table.Tbody>
    </RowsTable>
  );
}

type ProjectTableRowProps = {
  project: ProjectRow;
  stage: Stage | undefined;
  owner: string | undefined;
  now: number;
};

/** Drawn anew only when it changes: the list grows page by page while somebody scrolls. */
const ProjectTableRow = memo(function ProjectTableRow(props: ProjectTableRowProps) {
  const { project, stage, owner, now } = props;
  return (
    <Table.Tr>
      <Table.Td>
        <RowLink href={`/projects/${project._id}`}>{project.name}</RowLink>
        <span className={classes.number}>{formatProjectNumber(project.number)}</span>
      </Table.Td>
      <Table.Td>
        <bdi>{project.customerName}</bdi>
        {project.siteAddress && (
          <span className={classes.sub}>
            <bdi>{project.siteAddress}</bdi>
          </span>
        )}
      </Table.Td>
      <Table.Td>
        {stage && <StageBadge name={stage.name} category={stage.category} />}
        {stage && <DaysInStage project={project} stage={stage} now={now} />}
      </Table.Td>
      <Table.Td>{project.ownerId === undefined ? "–" : <bdi>{owner}</bdi>}</Table.Td>
      <Table.Td className={classes.figure}>
        {project.systemSizeKw === undefined ? "–" : formatKw(project.systemSizeKw)}
      </Table.Td>
      <Table.Td className={classes.figure}>
        {project.contractPriceCents === undefined ? "–" : formatCents(project.contractPriceCents)}
      </Table.Td>
      <Table.Td className={classes.figure}>{formatDate(project.updatedAt)}</Table.Td>
    </Table.Tr>
  );
});
