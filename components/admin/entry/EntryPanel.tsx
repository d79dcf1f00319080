"use client";

import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { ButtonLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { useEntry } from "./useEntry";

const EnterDialog = dynamic(() => import("./EnterDialog").then((m) => m.EnterDialog));
const EnteredCompany = dynamic(() => import("./EnteredCompany").then((m) => m.EnteredCompany));

type EntryPanelProps = { tenantId: Id<"tenants">; companyName: string };

/**
 * On a company's page in the console: the way in, whether one waits for consent, and, while one is
 * in, the company's own people, mail and trail.
 */
export function EntryPanel({ tenantId, companyName }: EntryPanelProps) {
  const entry = useEntry();
  const leave = useMutation(api.staff.entries.leave);
  const dialog = useLazyDisclosure();
  const now = useNow();
  const [end, busy] = useExclusive(async () => {
    try {
      await leave({});
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const here = entry?.tenantId === tenantId ? entry : null;
  const minutes = here && Math.max(1, Math.ceil((here.endsAt - now) / 60_000));
  return (
    <>
      <Panel title="Inside the company">
        {here === null && (
          <>
            <Text size="sm" mb="md">
              Members, mail and audit log are the company’s own. Enter it, with a reason, to see
              them.
              {entry && (
                <>
                  {" "}
                  You are {entry.state === "open" ? "in" : "waiting for"}{" "}
                  <strong>
                    <bdi>{entry.companyName}</bdi>
                  </strong>{" "}
                  right now.
                </>
              )}
            </Text>
            <Group gap="sm">
              <Button onClick={dialog.open} disabled={Boolean(entry)}>
                Enter this company…
              </Button>
              {entry && (
                <Button variant="default" loading={busy} onClick={() => void end()}>
                  {entry.state === "open" ? "Leave" : "Take the request back for"}{" "}
                  <bdi>&nbsp;{entry.companyName}</bdi>
                </Button>
              )}
            </Group>
          </>
        )}
        {here?.state === "requested" && (
          <>
            <Text size="sm" mb="md" role="status">
              Waiting until an administrator of <bdi>{companyName}</bdi> allows it.
            </Text>
            <Button variant="default" loading={busy} onClick={() => void end()}>
              Take the request back
            </Button>
          </>
        )}
        {here?.state === "open" && (
          <>
            <Text size="sm" mb="md" role="status">
              You are in, {here.access === "write" ? "to help" : "to look"}, for{" "}
              {minutes === 1 ? "1 more minute" : `${minutes} more minutes`}.
            </Text>
            <Group gap="sm">
              <ButtonLink href="/dashboard">Open its workspace</ButtonLink>
              <Button variant="default" loading={busy} onClick={() => void end()}>
                Leave
              </Button>
            </Group>
          </>
        )}
      </Panel>
      {here?.state === "open" && <EnteredCompany tenantId={tenantId} />}
      {dialog.wanted && (
        <EnterDialog
          tenantId={tenantId}
          companyName={companyName}
          opened={dialog.opened}
          onClose={dialog.close}
        />
      )}
    </>
  );
}
