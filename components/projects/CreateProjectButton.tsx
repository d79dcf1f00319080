"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";

// The form and its schema are a third of the page's code; nobody needs them before the click.
const CreateProjectDrawer = dynamic(() =>
  import("./CreateProjectDrawer").then((module) => module.CreateProjectDrawer),
);

/** Opens the form for a new project. For members with `projects.write`. */
export function CreateProjectButton({ label = "New project" }: { label?: string }) {
  const [opened, { open, close }] = useDisclosure(false);
  // Once opened it stays mounted, so that a form closed by mistake still has what was typed.
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconPlus size={18} stroke={2} aria-hidden />}
        onClick={() => {
          setWanted(true);
          open();
        }}
      >
        {label}
      </Button>
      {wanted && <CreateProjectDrawer opened={opened} onClose={close} />}
    </>
  );
}
