import { useMutation } from "convex/react";
import type { OptimisticLocalStore } from "convex/browser";
import { useCallback } from "react";
import { toastError, toastSuccess, toastUndo, withdrawUndo } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { LEAD_STATUS_NAMES, type LostReason, type OpenLeadStatus } from "@/lib/leadStatus";
import type { LeadDetail } from "./types";

/** Shows a change of a lead before the server has confirmed it. Convex takes it back when it refuses. */
export function showChanged(
  store: OptimisticLocalStore,
  leadId: Id<"leads">,
  change: Partial<LeadDetail>,
): void {
  const lead = store.getQuery(api.leads.get, { leadId });
  if (lead) store.setQuery(api.leads.get, { leadId }, { ...lead, ...change });
}

/** Moves a lead from status to status, seen here at once and with an Undo. */
export function useLeadStatus(lead: LeadDetail) {
  const moveOnServer = useMutation(api.leads.move);
  const loseOnServer = useMutation(api.leads.lose);
  const back = useCallback(() => {
    const { _id: leadId, status, lost } = lead;
    const undone =
      status === "lost" && lost
        ? loseOnServer({ leadId, ...lost })
        : moveOnServer({ leadId, status: status as OpenLeadStatus });
    undone.catch(toastError);
  }, [lead, loseOnServer, moveOnServer]);

  const move = useCallback(
    async (status: OpenLeadStatus) => {
      withdrawUndo();
      try {
        await moveOnServer.withOptimisticUpdate((store, change) =>
          showChanged(store, change.leadId, { status: change.status, lost: undefined }),
        )({ leadId: lead._id, status });
      } catch (thrown) {
        return toastError(thrown);
      }
      toastUndo(`Now ${LEAD_STATUS_NAMES[status].toLowerCase()}.`, back);
    },
    [lead._id, moveOnServer, back],
  );

  const lose = useCallback(
    async (reason: LostReason, note: string) => {
      withdrawUndo();
      await loseOnServer({ leadId: lead._id, reason, note });
      if (lead.status === "lost") toastSuccess("The reason is saved.");
      else toastUndo("Marked as lost.", back);
    },
    [lead._id, lead.status, loseOnServer, back],
  );
  return { move, lose };
}
