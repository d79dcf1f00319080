import { Anchor } from "@mantine/core";
import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { Facts } from "@/components/ui/Facts";
import { type FieldInput, InlineField } from "@/components/ui/InlineField";
import { api } from "@/convex/_generated/api";
import { leadForm, type LeadField } from "@/lib/leads";
import type { LeadDetail } from "./types";
import { showChanged } from "./useLeadChanges";

type LeadFactsProps = { lead: LeadDetail; editable: boolean };

export const LEAD_FIELD_NAMES: Record<LeadField, string> = {
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  address: "Address",
  notes: "Notes",
};

/** Who it is and how to reach them, each changed where it stands. */
export function LeadFacts({ lead, editable }: LeadFactsProps) {
  const { email, phone } = lead;
  const fact = (field: LeadField, shown?: ReactNode) => ({
    label: LEAD_FIELD_NAMES[field],
    value: <LeadText lead={lead} field={field} editable={editable} shown={shown} />,
  });
  return (
    <Facts
      items={[
        fact("name"),
        fact(
          "email",
          email && (
            <Anchor inherit href={`mailto:${email}`}>
              {email}
            </Anchor>
          ),
        ),
        fact(
          "phone",
          phone && (
            <Anchor inherit href={`tel:${phone}`}>
              {phone}
            </Anchor>
          ),
        ),
        fact("address"),
        {
          label: "Came in",
          value:
            lead.source === "form"
              ? "Through the campaign’s form"
              : lead.createdByName && (
                  <>
                    {lead.source === "import" ? "Imported by " : "Added by "}
                    <bdi>{lead.createdByName}</bdi>
                  </>
                ),
        },
      ]}
    />
  );
}

/** What was written about a lead, by the homeowner or by the team. */
export function LeadNotes({ lead, editable }: LeadFactsProps) {
  return <LeadText lead={lead} field="notes" editable={editable} />;
}

const INPUTS: Partial<Record<LeadField, FieldInput>> = {
  email: "email",
  phone: "tel",
  notes: "lines",
};

type LeadTextProps = LeadFactsProps & { field: LeadField; shown?: ReactNode };

function LeadText({ lead, field, editable, shown }: LeadTextProps) {
  const update = useMutation(api.leads.update).withOptimisticUpdate((store, change) => {
    const { leadId, ...fields } = change;
    const given = Object.entries(fields).map(([name, value]) => [name, value ?? undefined]);
    showChanged(store, leadId, Object.fromEntries(given) as Partial<LeadDetail>);
  });
  return (
    <InlineField
      label={LEAD_FIELD_NAMES[field]}
      value={lead[field] ?? ""}
      shown={shown || undefined}
      editable={editable}
      input={INPUTS[field]}
      check={(text) => leadForm.shape[field].safeParse(text).error?.issues[0]?.message ?? null}
      save={(text) =>
        update({ leadId: lead._id, [field]: text === "" && field !== "name" ? null : text })
      }
    />
  );
}
