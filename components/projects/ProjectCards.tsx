import { RowCard, RowCards } from "@/components/ui/RowCards";
import { RowLink } from "@/components/ui/RowLink";
import { StageBadge } from "@/components/ui/StageBadge";
import { formatCents, formatKw, formatProjectNumber } from "@/lib/format";
import classes from "./ProjectsList.module.css";
import type { ProjectRow, Stage } from "./types";

type ProjectCardsProps = { projects: ProjectRow[]; stages: Stage[] };

/** Projects where there is no room for a table: the phone, and the dashboard. */
export function ProjectCards({ projects, stages }: ProjectCardsProps) {
  const stageOf = new Map(stages.map((stage) => [stage._id, stage]));
  return (
    <RowCards>
      {projects.map((project) => {
        const stage = stageOf.get(project.stageId);
        return (
          <RowCard
            key={project._id}
            words={
              <>
                <RowLink href={`/projects/${project._id}`}>{project.name}</RowLink>
                <span className={classes.sub}>
                  <bdi>{project.customerName}</bdi>
                </span>
              </>
            }
            badge={stage && <StageBadge name={stage.name} category={stage.category} />}
            facts={
              <>
                <span>{formatProjectNumber(project.number)}</span>
                {project.systemSizeKw !== undefined && (
                  <span>{formatKw(project.systemSizeKw)}</span>
                )}
                {project.contractPriceCents !== undefined && (
                  <span>{formatCents(project.contractPriceCents)}</span>
                )}
              </>
            }
          />
        );
      })}
    </RowCards>
  );
}
