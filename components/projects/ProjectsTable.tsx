import { Table } from "@mantine/core";
import Link from "next/link";
import { StageBadge } from "@/components/ui/StageBadge";
import { formatCents, formatDate, formatKw, formatProjectNumber } from "@/lib/format";
import classes from "./ProjectsList.module.css";
import type { ProjectRow, Stage } from "./types";

type ProjectsTableProps = { projects: ProjectRow[]; stages: Stage[] };

/** Projects at the desk: one row each, the row opens the project. */
export function ProjectsTable({ projects, stages }: ProjectsTableProps) {
  const stageOf = new Map(stages.map((stage) => [stage._id, stage]));
  return (
    <Table
      className={classes.table}
      highlightOnHover
      highlightOnHoverColor="var(--sunup-hover)"
      borderColor="var(--sunup-line)"
      horizontalSpacing="lg"
      verticalSpacing="sm"
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Project</Table.Th>
          <Table.Th>Customer and site</Table.Th>
          <Table.Th>Stage</Table.Th>
          <Table.Th className={classes.figure}>Size</Table.Th>
          <Table.Th className={classes.figure}>Price</Table.Th>
          <Table.Th className={classes.figure}>Updated</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {projects.map((project) => {
          const stage = stageOf.get(project.stageId);
          return (
            <Table.Tr key={project._id}>
              <Table.Td>
                <Link href={`/projects/${project._id}`} className={classes.name}>
                  <bdi>{project.name}</bdi>
                </Link>
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
              </Table.Td>
              <Table.Td className={classes.figure}>
                {project.systemSizeKw === undefined ? "–" : formatKw(project.systemSizeKw)}
              </Table.Td>
              <Table.Td className={classes.figure}>
                {project.contractPriceCents === undefined
                  ? "–"
                  : formatCents(project.contractPriceCents)}
              </Table.Td>
              <Table.Td className={classes.figure}>{formatDate(project.updatedAt)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
