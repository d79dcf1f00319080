"use client";

import { Button } from "@mantine/core";
import { IconSolarPanel } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import type { LeadDetail } from "./types";

const ConvertLeadDialog = dynamic(() =>
  import("./ConvertLeadDialog").then((m) => m.ConvertLeadDialog),
);

/** Opens the step from lead to project. For members with `leads.write`. */
export function ConvertLeadButton({ lead }: { lead: LeadDetail }) {
  const dialog = useLazyDisclosure();
  return (
    <>
      <Button
        leftSection={<IconSolarPanel size={18} stroke={1.8} aria-hidden />}
        aria-haspopup="dialog"
        onClick={dialog.open}
      >
        Make it a project
      </Button>
      {dialog.wanted && (
        <ConvertLeadDialog lead={lead} opened={dialog.opened} onClose={dialog.close} />
      )}
    </>
  );
}
