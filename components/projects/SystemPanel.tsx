import { Panel } from "@/components/ui/Panel";
import { formatCents, formatDate, formatKw } from "@/lib/format";
import { Facts } from "@/components/ui/Facts";
import type { ProjectDetail } from "./types";

/** What is built, for how much, and where the record comes from. */
export function SystemPanel({ project }: { project: ProjectDetail }) {
  const { systemSizeKw, contractPriceCents } = project;
  return (
    <Panel title="System and contract">
      <Facts
        items={[
          {
            label: "System size",
            value: systemSizeKw === undefined ? undefined : `${formatKw(systemSizeKw)} DC`,
          },
          {
            label: "Contract price",
            value: contractPriceCents === undefined ? undefined : formatCents(contractPriceCents),
          },
          {
            label: "Created",
            value: (
              <>
                {formatDate(project._creationTime)} by <bdi>{project.createdByName}</bdi>
              </>
            ),
          },
          { label: "Last change", value: formatDate(project.updatedAt) },
        ]}
      />
    </Panel>
  );
}
