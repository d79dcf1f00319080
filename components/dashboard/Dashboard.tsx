"use client";

import { Grid } from "@mantine/core";
import { CreateProjectButton } from "@/components/projects/CreateProjectButton";
import { PageHeader } from "@/components/ui/PageHeader";
import { useMember } from "@/components/workspace/MemberContext";
import { CampaignsPanel } from "./CampaignsPanel";
import { Greeting } from "./Greeting";
import { PipelinePanel } from "./PipelinePanel";
import { PlanPanel } from "./PlanPanel";
import { RecentProjects } from "./RecentProjects";

/** The first page after signing in: the pipeline, what moved last, where leads come from, the plan. */
export function Dashboard() {
  const { can } = useMember();
  return (
    <>
      <PageHeader
        title={<Greeting />}
        description="Where your jobs go, what came in last, and what your plan includes."
        actions={can("projects.write") && <CreateProjectButton />}
      />
      <Grid gap="lg">
        <Grid.Col span={12}>
          <PipelinePanel />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <RecentProjects />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, sm: 6, md: 12 }}>
              <CampaignsPanel />
            </Grid.Col>
            <Grid.Col span={{ base: 12, sm: 6, md: 12 }}>
              <PlanPanel />
            </Grid.Col>
          </Grid>
        </Grid.Col>
      </Grid>
    </>
  );
}
