"use client";

import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";

const InviteDialog = dynamic(() => import("./InviteDialog").then((m) => m.InviteDialog));

/** Opens the form that invites people. For members with `team.manage`. */
export function InviteButton() {
  const { wanted, opened, open, close } = useLazyDisclosure();
  return (
    <>
      <Button leftSection={<IconUserPlus size={18} stroke={1.9} aria-hidden />} onClick={open}>
        Invite people
      </Button>
      {wanted && <InviteDialog opened={opened} onClose={close} />}
    </>
  );
}
