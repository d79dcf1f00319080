"use client";

import { NativeSelect, SegmentedControl } from "@mantine/core";
import type { ProjectsFilter } from "./projectsFilter";
import classes from "./ProjectsFilterBar.module.css";
import type { Stage } from "./types";

type ProjectsFilterBarProps = {
  stages: Stage[];
  stageId: string | null;
  archived: boolean;
  onChange: (filter: ProjectsFilter) => void;
};

/** Which stage, and active or archived. */
export function ProjectsFilterBar({ stages, stageId, archived, onChange }: ProjectsFilterBarProps) {
  return (
    <div className={classes.bar}>
      <NativeSelect
        className={classes.stage}
        aria-label="Stage"
        value={stageId ?? ""}
        data={[
          { value: "", label: "All stages" },
          ...stages.map(({ _id, name }) => ({ value: _id, label: name })),
        ]}
        onChange={(event) => onChange({ stage: event.currentTarget.value || null, archived })}
      />
      <SegmentedControl
        aria-label="Active or archived"
        value={archived ? "archived" : "active"}
        data={[
          { value: "active", label: "Active" },
          { value: "archived", label: "Archived" },
        ]}
        onChange={(value) => onChange({ stage: stageId, archived: value === "archived" })}
      />
    </div>
  );
}
