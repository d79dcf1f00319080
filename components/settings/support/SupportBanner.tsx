"use client";

import { Banner } from "@/components/workspace/Banner";
import { useMember } from "@/components/workspace/MemberContext";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { EntryActions } from "./EntryActions";

/** For administrators, over every page: who of Sunup waits to come in, and who is in. */
export function SupportBanner() {
  const { tenant } = useMember();
  const now = useNow();
  const current = useLiveQuery(api.supportAccess.current, {});
  const entries = current.status === "ready" ? current.data : [];
  return (
    <div role="status">
      {entries
        .filter(({ endsAt }) => endsAt > now)
        .map((entry) => (
          <Banner key={entry._id} action={<EntryActions entry={entry} />}>
            <strong>
              <bdi>{entry.staffName}</bdi> of Sunup{" "}
              {entry.state === "requested" ? "asks to enter" : "is in"} <bdi>{tenant.name}</bdi>
              {entry.access === "write" ? " and may make changes." : ", to look only."}
            </strong>{" "}
            <bdi>{entry.reason}</bdi>
          </Banner>
        ))}
    </div>
  );
}
