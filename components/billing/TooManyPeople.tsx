"use client";

import { Alert, Button, Group } from "@mantine/core";
import dynamic from "next/dynamic";
import { ButtonLink } from "@/components/ui/links";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useMember } from "@/components/workspace/MemberContext";
import { PLANS } from "@/lib/plans";
import type { MeteredUsage } from "./types";

const ChooseWhoStays = dynamic(() => import("./ChooseWhoStays").then((m) => m.ChooseWhoStays));

/** After a change to a smaller plan: more places are taken than it has, until somebody chooses. */
export function TooManyPeople({ usage }: { usage: MeteredUsage[] }) {
  const { tenant, can } = useMember();
  const dialog = useLazyDisclosure();
  const people = usage.find(({ metric }) => metric === "users");
  if (!people || people.limit === null || people.used <= people.limit) {
    return null;
  }
  const { used, limit } = people;
  const room = limit === 1 ? "one person" : `${limit} people`;
  return (
    <Alert
      color="sun"
      title={`${PLANS[tenant.plan].name} has room for ${room}, and ${used} places are taken`}
    >
      Everybody keeps access for now, and everything stays. Nobody can be added until you choose who
      stays, or choose a larger plan.
      {can("team.manage") && (
        <Group gap="sm" mt="sm">
          <Button size="sm" onClick={dialog.open}>
            Choose who stays…
          </Button>
          <ButtonLink variant="default" href="/settings/team">
            Open the team
          </ButtonLink>
        </Group>
      )}
      {dialog.wanted && (
        <ChooseWhoStays limit={limit} opened={dialog.opened} onClose={dialog.close} />
      )}
    </Alert>
  );
}
