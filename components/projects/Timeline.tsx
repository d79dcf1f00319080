"use client";

import { usePaginatedQuery } from "convex/react";
import { TIMELINE_PAGE, TimelinePanel } from "@/components/ui/timeline/TimelinePanel";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { ActivityLine } from "./ActivityLine";

/** Everything that happened to a project, newest first. */
export function Timeline({ projectId }: { projectId: Id<"projects"> }) {
  const pages = usePaginatedQuery(
    api.activity.ofProject,
    { projectId },
    { initialNumItems: TIMELINE_PAGE },
  );
  return <TimelinePanel pages={pages}>{(line) => <ActivityLine line={line} />}</TimelinePanel>;
}
