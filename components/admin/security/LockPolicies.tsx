"use client";

import { Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { LOCKABLE_ALERTS, type LockableAlert } from "@/lib/security";
import { useStaff } from "../StaffContext";
import { LOCK_POLICY_WORDS } from "./securityWords";

/** Which alerts lock the person out before anybody has looked. Owners change it. */
export function LockPolicies() {
  const { may } = useStaff();
  const kinds = useLiveQuery(api.staff.lockPolicies.list, {});
  const set = useMutation(api.staff.lockPolicies.set);
  const [change, busy] = useExclusive(async (kind: LockableAlert, locks: boolean) => {
    try {
      await set({ kind, locks });
    } catch (thrown) {
      toastError(thrown);
    }
  });
  if (kinds.status === "error") return <ErrorNotice error={kinds.error} />;
  if (kinds.status === "loading") {
    return <Skeleton height={140} radius="md" aria-label="Loading the policy" />;
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        When an alert of a kind that is on comes up, the person’s access ends at once, in open
        windows too. Administrators of the company read why. An alert that is open already locks
        nobody, so whom you unlock stays unlocked. {!may("owner") && "Only owners change this."}
      </Text>
      {LOCKABLE_ALERTS.map((kind) => (
        <Switch
          key={kind}
          {...LOCK_POLICY_WORDS[kind]}
          checked={kinds.data.includes(kind)}
          disabled={busy || !may("owner")}
          onChange={(event) => void change(kind, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
