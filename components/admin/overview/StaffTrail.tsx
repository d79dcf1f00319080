"use client";

import { usePaginatedQuery } from "convex/react";
import { api } from "@/convex/_generated/api";
import { TRAIL_PAGE, TrailPanel } from "../TrailPanel";

/** What staff did lately, newest first. */
export function StaffTrail() {
  const trail = usePaginatedQuery(api.staff.trail.recent, {}, { initialNumItems: TRAIL_PAGE });
  return <TrailPanel title="What staff did" trail={trail} />;
}
