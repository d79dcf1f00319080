import { Anchor } from "@mantine/core";
import { ProjectContact } from "@/components/contacts/ProjectContact";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { formatDate } from "@/lib/format";
import type { ProjectDetail } from "../types";
import { type DetailField, DETAILS } from "./detailFields";
import { EditableDetail } from "./EditableDetail";
import { People } from "./People";

type DetailPanelsProps = { project: ProjectDetail; editable: boolean };

/** What is known of a job, in the order in which it is asked: who, where, what, for how much, by whom. */
export function DetailPanels({ project, editable }: DetailPanelsProps) {
  const fact = (field: DetailField, shown?: React.ReactNode) => ({
    label: DETAILS[field].label,
    value: <EditableDetail project={project} field={field} editable={editable} shown={shown} />,
  });
  const { customerEmail, customerPhone } = project;
  return (
    <>
      <Panel title="Customer">
        <Facts
          items={[
            fact("customerName"),
            fact(
              "customerEmail",
              customerEmail && (
                <Anchor inherit href={`mailto:${customerEmail}`}>
                  {customerEmail}
                </Anchor>
              ),
            ),
            fact(
              "customerPhone",
              customerPhone && (
                <Anchor inherit href={`tel:${customerPhone}`}>
                  {customerPhone}
                </Anchor>
              ),
            ),
          ]}
        />
        <ProjectContact project={project} editable={editable} />
      </Panel>
      <Panel title="Site">
        <Facts
          items={[
            fact("siteAddress"),
            fact("roofType"),
            fact("roofAgeYears"),
            fact("mainPanelAmps"),
          ]}
        />
      </Panel>
      <Panel title="System">
        <Facts
          items={[
            fact("systemSizeKw"),
            fact("moduleModel"),
            fact("moduleCount"),
            fact("inverter"),
            fact("battery"),
          ]}
        />
      </Panel>
      <Panel title="Contract">
        <Facts
          items={[
            fact("contractPriceCents"),
            fact("financing"),
            fact("financier"),
            fact("targetInstallDay"),
            {
              label: "Created",
              value: (
                <>
                  {formatDate(project._creationTime)} by <bdi>{project.createdByName}</bdi>
                </>
              ),
            },
          ]}
        />
      </Panel>
      <People project={project} editable={editable} />
    </>
  );
}
