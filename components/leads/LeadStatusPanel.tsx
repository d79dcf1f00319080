"use client";

import { Alert, Button, Group, SegmentedControl } from "@mantine/core";
import dynamic from "next/dynamic";
import { ButtonLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useMember } from "@/components/workspace/MemberContext";
import { formatDate } from "@/lib/format";
import {
  isOpenStatus,
  LEAD_STATUS_NAMES,
  LOST_REASON_NAMES,
  OPEN_LEAD_STATUSES,
  type OpenLeadStatus,
} from "@/lib/leadStatus";
import type { LeadDetail } from "./types";
import { useLeadStatus } from "./useLeadChanges";

const LoseLeadDialog = dynamic(() => import("./LoseLeadDialog").then((m) => m.LoseLeadDialog));

/** How far a lead is, and the steps to take from there. */
export function LeadStatusPanel({ lead, editable }: { lead: LeadDetail; editable: boolean }) {
  const { can } = useMember();
  const { move, lose } = useLeadStatus(lead);
  const dialog = useLazyDisclosure();
  const { status, lost, projectId } = lead;

  if (status === "converted" && projectId !== undefined) {
    return (
      <Alert color="green" title={`Became a project on ${formatDate(lead.statusSince)}`}>
        What changes now belongs to the project.
        {can("projects.read") && (
          <Group mt="sm">
            <ButtonLink href={`/projects/${projectId}`}>Open the project</ButtonLink>
          </Group>
        )}
      </Alert>
    );
  }
  return (
    <Panel title="Status">
      {lost && (
        <Alert
          color="gray"
          mb={editable ? "md" : 0}
          title={`Lost on ${formatDate(lead.statusSince)}: ${LOST_REASON_NAMES[lost.reason]}`}
        >
          {lost.note && <bdi>{lost.note}</bdi>}
          {editable && (
            <Group mt={lost.note ? "sm" : 0}>
              <Button variant="default" size="xs" onClick={() => void move("contacted")}>
                Take it up again
              </Button>
            </Group>
          )}
        </Alert>
      )}
      {isOpenStatus(status) && (
        <Group gap="md">
          <SegmentedControl
            aria-label="Status of the lead"
            value={status}
            readOnly={!editable}
            data={OPEN_LEAD_STATUSES.map((value) => ({ value, label: LEAD_STATUS_NAMES[value] }))}
            onChange={(value) => void move(value as OpenLeadStatus)}
          />
          {editable && (
            <Button variant="subtle" color="gray" aria-haspopup="dialog" onClick={dialog.open}>
              Mark as lost
            </Button>
          )}
        </Group>
      )}
      {dialog.wanted && (
        <LoseLeadDialog
          leadName={lead.name}
          opened={dialog.opened}
          onClose={dialog.close}
          onLose={lose}
        />
      )}
    </Panel>
  );
}
