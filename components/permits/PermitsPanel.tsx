"use client";

import { Button, Menu, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { ProjectDetail } from "@/components/projects/types";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { MAX_PERMITS, PERMIT_KINDS, PERMIT_KIND_NAMES, type PermitKind } from "@/lib/permits";
import { PermitCard } from "./PermitCard";
import classes from "./PermitsPanel.module.css";
import { ProjectAuthority } from "./ProjectAuthority";

const PermitDialog = dynamic(() => import("./PermitDialog").then((m) => m.PermitDialog));

type PermitsPanelProps = { project: ProjectDetail; editable: boolean };

/** A job's permits and interconnections: who decides, where each stands, and what to do next. */
export function PermitsPanel({ project, editable }: PermitsPanelProps) {
  const permits = useLiveQuery(api.permits.ofProject, { projectId: project._id });
  const [adding, setAdding] = useState<PermitKind | null>(null);
  const full = permits.status === "ready" && permits.data.length >= MAX_PERMITS;
  return (
    <Panel
      title="Permits and interconnection"
      aside={
        editable && (
          <Menu position="bottom-end" width={200} portalProps={{ target: "#content" }}>
            <Menu.Target>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={15} aria-hidden />}
                disabled={full || permits.status !== "ready"}
              >
                Add
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {PERMIT_KINDS.map((kind) => (
                <Menu.Item key={kind} onClick={() => setAdding(kind)}>
                  {PERMIT_KIND_NAMES[kind]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      <div className={classes.authorities}>
        <ProjectAuthority project={project} kind="ahj" editable={editable} />
        <ProjectAuthority project={project} kind="utility" editable={editable} />
      </div>
      {permits.status === "loading" && (
        <Skeleton height={96} radius="md" aria-label="Loading permits" />
      )}
      {permits.status === "error" && <ErrorNotice error={permits.error} order={3} />}
      {permits.status === "ready" && permits.data.length === 0 && (
        <p className={classes.none}>
          Nothing yet.{" "}
          {editable &&
            "Add the permit and the interconnection: both can run at the same time, and Sunup counts the days for whom each of them waits."}
        </p>
      )}
      {permits.status === "ready" && permits.data.length > 0 && (
        <ul className={classes.permits}>
          {permits.data.map((permit) => (
            <li key={permit._id}>
              <PermitCard permit={permit} editable={editable} />
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <PermitDialog
          projectId={project._id}
          kind={adding}
          authorityId={adding === "permit" ? project.ahjId : project.utilityId}
          onClose={() => setAdding(null)}
        />
      )}
    </Panel>
  );
}
