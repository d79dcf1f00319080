"use client";

import { Skeleton } from "@mantine/core";
import { CreateProjectButton } from "@/components/projects/CreateProjectButton";
import { PageHeader } from "@/components/ui/PageHeader";
import { pagePart } from "@/components/ui/pagePart";
import { useMember } from "@/components/workspace/MemberContext";
import { ActivityPanel } from "./ActivityPanel";
import { LeadsPanel } from "./LeadsPanel";
import classes from "./Dashboard.module.css";
import { Greeting } from "./Greeting";
import { OverduePanel } from "./OverduePanel";
import { PipelinePanel } from "./PipelinePanel";
import { PlanPanel } from "./PlanPanel";
import { RecentProjects } from "./RecentProjects";

// No page needs it to start.
const DueToMePanel = pagePart(
  () => import("./DueToMePanel").then((m) => m.DueToMePanel),
  <Skeleton height={160} radius="lg" aria-label="Loading your tasks" />,
);

/** The first page after signing in: the pipeline, what is stuck, what came last, the plan. */
export function Dashboard() {
  const { tenant, can, canAsMember } = useMember();
  return (
    <>
      <PageHeader
        title={<Greeting />}
        description={
          <>
            Here is <bdi>{tenant.name}</bdi>.
          </>
        }
        actions={canAsMember("projects.write") && <CreateProjectButton />}
      />
      <div className={classes.grid}>
        <div className={classes.full}>
          <PipelinePanel />
        </div>
        <div className={classes.main}>
          {canAsMember("projects.read") && <DueToMePanel />}
          <OverduePanel />
          <RecentProjects />
        </div>
        <div className={classes.side}>
          <ActivityPanel />
          {can("leads.read") && <LeadsPanel />}
          <PlanPanel />
        </div>
      </div>
    </>
  );
}
