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
    <ul className={classes.cards}>
      {projects.map((project) => {
        const stage = stageOf.get(project.stageId);
        return (
          <li key={project._id}>
            <div className={classes.cardTop}>
              <div className={classes.cardWords}>
                <RowLink href={`/projects/${project._id}`}>{project.name}</RowLink>
                <span className={classes.sub}>
                  <bdi>{project.customerName}</bdi>
                </span>
              </div>
              {stage && <StageBadge name={stage.name} category={stage.category} />}
            </div>
            <div className={classes.cardFigures}>
              <span>{formatProjectNumber(project.number)}</span>
              {project.systemSizeKw !== undefined && <span>{formatKw(project.systemSizeKw)}</span>}
              {project.contractPriceCents !== undefined && (
                <span>{formatCents(project.contractPriceCents)}</span>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
