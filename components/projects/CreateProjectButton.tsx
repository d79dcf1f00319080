"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";

// The form and its schema are much of the page's code; nobody needs them before the click.
const CreateProjectDrawer = dynamic(() =>
  import("./CreateProjectDrawer").then((module) => module.CreateProjectDrawer),
);

/** Opens the form for a new project. For members with `projects.write`. */
export function CreateProjectButton({ label = "New project" }: { label?: string }) {
  const { wanted, opened, open, close } = useLazyDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={18} stroke={2} aria-hidden />} onClick={open}>
        {label}
      </Button>
      {wanted && <CreateProjectDrawer opened={opened} onClose={close} />}
    </>
  );
}
