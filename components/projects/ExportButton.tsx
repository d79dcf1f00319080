"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import { useEffect, useRef, useState } from "react";
import { saveCsv } from "@/components/ui/csv";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { daysBetween } from "@/lib/days";
import { FINANCING_NAMES } from "@/lib/projects";
import { formatProjectNumber } from "@/lib/format";
import type { MemberName, ProjectRow, ProjectsQuery, Stage } from "./types";

const PAGE = 200;

type ExportButtonProps = { query: ProjectsQuery; stages: Stage[]; members: MemberName[] };

/** Downloads what is filtered as a CSV file, page by page; a second click stops it. */
export function ExportButton({ query, stages, members }: ExportButtonProps) {
  const convex = useConvex();
  const [loaded, setLoaded] = useState<number | null>(null);
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);

  async function run() {
    stopped.current = false;
    setLoaded(0);
    try {
      const projects: ProjectRow[] = [];
      let cursor: string | null = null;
      for (let done = false; !done && !stopped.current;) {
        const page: Awaited<ReturnType<typeof next>> = await next(cursor);
        projects.push(...page.page);
        ({ continueCursor: cursor, isDone: done } = page);
        setLoaded(projects.length);
      }
      if (stopped.current) return;
      await convex.mutation(api.projects.recordExport, { count: projects.length });
      saveCsv(`projects-${today()}.csv`, rowsOf(projects, stages, members));
      toastSuccess(
        `${projects.length} ${projects.length === 1 ? "project" : "projects"} exported.`,
      );
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setLoaded(null);
    }
  }
  const next = (cursor: string | null) =>
    convex.query(api.projects.list, { ...query, paginationOpts: { numItems: PAGE, cursor } });

  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} stroke={1.8} aria-hidden />}
      onClick={() => (loaded === null ? void run() : (stopped.current = true))}
    >
      <span aria-live="polite">{loaded === null ? "Export" : `${loaded} so far – stop`}</span>
    </Button>
  );
}

function rowsOf(projects: ProjectRow[], stages: Stage[], members: MemberName[]) {
  const stageOf = new Map(stages.map(({ _id, name }) => [_id, name]));
  const nameOf = new Map(members.map(({ _id, name }) => [_id, name]));
  return [
    ["Number", "Project", "Customer", "Site address", "Stage", "Days in stage", "Owner"].concat([
      "Financing",
      "Size (kW DC)",
      "Price (US$)",
      "Created",
      "Updated",
    ]),
    ...projects.map((project) => [
      formatProjectNumber(project.number),
      project.name,
      project.customerName,
      project.siteAddress,
      stageOf.get(project.stageId),
      daysBetween(project.stageEnteredAt, Date.now()),
      project.ownerId && nameOf.get(project.ownerId),
      project.financing && FINANCING_NAMES[project.financing],
      project.systemSizeKw,
      project.contractPriceCents === undefined ? undefined : project.contractPriceCents / 100,
      new Date(project._creationTime).toISOString(),
      new Date(project.updatedAt).toISOString(),
    ]),
  ];
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
