import { Anchor } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { Facts } from "@/components/ui/Facts";
import type { ProjectDetail } from "./types";

/** Who the job is for, where it is, how to reach them. */
export function CustomerPanel({ project }: { project: ProjectDetail }) {
  const { customerName, customerEmail, customerPhone, siteAddress } = project;
  return (
    <Panel title="Customer and site">
      <Facts
        items={[
          { label: "Name", value: <bdi>{customerName}</bdi> },
          {
            label: "E-mail",
            value: customerEmail && (
              <Anchor inherit href={`mailto:${customerEmail}`}>
                {customerEmail}
              </Anchor>
            ),
          },
          {
            label: "Phone",
            value: customerPhone && (
              <Anchor inherit href={`tel:${customerPhone}`}>
                {customerPhone}
              </Anchor>
            ),
          },
          { label: "Site address", value: siteAddress && <bdi>{siteAddress}</bdi> },
        ]}
      />
    </Panel>
  );
}
