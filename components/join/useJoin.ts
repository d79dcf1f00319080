import { useMutation } from "convex/react";
import { useCallback, useState } from "react";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { JoinRefusal } from "@/lib/team";

/** Joins the company that sent the invitation; safe to repeat. */
export function useJoin(invitationId: string) {
  const accept = useMutation(api.joining.accept);
  const [joined, setJoined] = useState(false);
  const [refusal, setRefusal] = useState<JoinRefusal>();
  const [error, setError] = useState<unknown>();
  const [join, joining] = useExclusive(
    useCallback(async () => {
      setError(undefined);
      try {
        const answer = await accept({ invitationId });
        setJoined(answer.status === "joined");
        setRefusal(answer.status === "refused" ? answer.reason : undefined);
      } catch (thrown) {
        setError(thrown);
      }
    }, [accept, invitationId]),
  );
  return { join, joining, joined, refusal, error };
}
