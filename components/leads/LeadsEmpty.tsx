import { Button } from "@mantine/core";
import { IconFilter, IconUserPlus } from "@tabler/icons-react";
import { Notice } from "@/components/ui/Notice";
import { useMember } from "@/components/workspace/MemberContext";
import { CaptureLeadButton } from "./CaptureLeadButton";
import { narrows, NO_FILTER, type LeadsFilter } from "./leadsFilter";

type LeadsEmptyProps = { filter: LeadsFilter; onChange: (change: Partial<LeadsFilter>) => void };

/** Why the list is empty, and what to do about it. */
export function LeadsEmpty({ filter, onChange }: LeadsEmptyProps) {
  const { can } = useMember();
  if (narrows(filter)) {
    return (
      <Notice
        icon={<IconFilter size={26} stroke={1.6} aria-hidden />}
        title={filter.q === null ? "No leads fit these filters" : `Nothing found for “${filter.q}”`}
        actions={
          <Button variant="default" onClick={() => onChange(NO_FILTER)}>
            Show all leads
          </Button>
        }
      >
        Nothing is lost: with fewer filters, more leads appear.
      </Notice>
    );
  }
  return (
    <Notice
      icon={<IconUserPlus size={26} stroke={1.6} aria-hidden />}
      title="No leads yet"
      actions={can("leads.write") && <CaptureLeadButton label="Add your first lead" />}
    >
      {can("campaigns.manage")
        ? "Add people who asked for a quote, or put a form on your website: under “Campaigns and forms”."
        : "People who ask your company for a quote appear here."}
    </Notice>
  );
}
