"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";

// The form and its schema are much of the page's code; nobody needs them before the click.
const CaptureLeadDrawer = dynamic(() =>
  import("./CaptureLeadDrawer").then((module) => module.CaptureLeadDrawer),
);

/** Opens the form for a new lead. For members with `leads.write`. */
export function CaptureLeadButton({ label = "New lead" }: { label?: string }) {
  const { wanted, opened, open, close } = useLazyDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={18} stroke={2} aria-hidden />} onClick={open}>
        {label}
      </Button>
      {wanted && <CaptureLeadDrawer opened={opened} onClose={close} />}
    </>
  );
}
