"use client";

import { Skeleton } from "@mantine/core";
import { filterHref } from "@/components/projects/projectsFilter";
import type { Stage } from "@/components/projects/types";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import { AnchorLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { formatCents, formatKw } from "@/lib/format";
import { STAGE_CATEGORIES, STAGE_CATEGORY_NAMES } from "@/lib/stages";
import classes from "./PipelinePanel.module.css";
import { type StageTotal, sumOf } from "./pipelineSums";

/** Where the company's jobs stand: by category, and stage by stage as bars, each a way into its projects. */
export function PipelinePanel() {
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const totals = useLiveQuery(api.pipelineStages.totals, {});
  const failed = [stages, totals].find((each) => each.status === "error");
  return (
    <Panel
      title="Pipeline"
      aside={
        <AnchorLink href={filterHref({ view: "board" })} size="sm" fw={600}>
          Open the board
        </AnchorLink>
      }
    >
      {failed?.status === "error" && <ErrorNotice error={failed.error} order={3} />}
      {(stages.status === "loading" || totals.status === "loading") && !failed && (
        <Skeleton height={180} radius="md" aria-label="Loading the pipeline" />
      )}
      {stages.status === "ready" && totals.status === "ready" && (
        <Pipeline stages={stages.data} totals={totals.data} />
      )}
    </Panel>
  );
}

function Pipeline({ stages, totals }: { stages: Stage[]; totals: StageTotal[] }) {
  const totalOf = new Map(totals.map((total) => [total.stageId, total]));
  const most = Math.max(1, ...totals.map(({ projects }) => projects));
  return (
    <>
      <dl className={classes.categories}>
        {STAGE_CATEGORIES.map((category) => {
          const own = stages.filter((stage) => stage.category === category);
          const sum = sumOf(own.flatMap(({ _id }) => totalOf.get(_id) ?? []));
          return (
            <div key={category} data-stage-category={category}>
              <dt>
                <HoverPrefetchLink href={filterHref({ category })}>
                  {STAGE_CATEGORY_NAMES[category]}
                </HoverPrefetchLink>
              </dt>
              <dd className={classes.jobs}>
                {sum.projects} <span>{sum.projects === 1 ? "job" : "jobs"}</span>
              </dd>
              <dd className={classes.worth}>
                {sum.projects === 0
                  ? "Nothing here"
                  : `${formatKw(sum.systemSizeKw)} · ${formatCents(sum.contractPriceCents)}`}
              </dd>
            </div>
          );
        })}
      </dl>
      <ol className={classes.stages}>
        {stages.map((stage) => {
          const count = totalOf.get(stage._id)?.projects ?? 0;
          return (
            <li key={stage._id} data-stage-category={stage.category}>
              <HoverPrefetchLink href={filterHref({ stage: stage._id })} className={classes.stage}>
                <span className={classes.name}>{stage.name}</span>
                <svg className={classes.bar} aria-hidden="true">
                  <rect width={`${(count / most) * 100}%`} height="100%" rx="4" />
                </svg>
                <span className={classes.count}>{count}</span>
              </HoverPrefetchLink>
            </li>
          );
        })}
      </ol>
    </>
  );
}
