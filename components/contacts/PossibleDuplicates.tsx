"use client";

import { Alert, Button, Group } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { AnchorLink } from "@/components/ui/links";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import classes from "./Contacts.module.css";
import type { ContactDetail } from "./types";

const MergeDialog = dynamic(() => import("./MergeDialog").then((m) => m.MergeDialog));

/** Who shares this person's e-mail address or telephone number, and the way to make them one. */
export function PossibleDuplicates({ contact }: { contact: ContactDetail }) {
  const { _id, email, phone } = contact;
  const similar = useLiveQuery(api.contacts.similar, { email, phone, except: _id });
  const [merging, setMerging] = useState<Id<"contacts"> | null>(null);
  if (similar.status !== "ready" || similar.data.length === 0) return null;
  return (
    <Alert
      color="sun"
      icon={<IconArrowMerge size={20} aria-hidden />}
      title="Possible duplicates"
      role="status"
    >
      The same e-mail address or telephone number is also at:
      <ul className={classes.twins}>
        {similar.data.map((twin) => (
          <li key={twin._id}>
            <Group gap="sm">
              <AnchorLink href={`/contacts/${twin._id}`} underline="always">
                <bdi>{twin.name}</bdi>
              </AnchorLink>
              <Button
                size="xs"
                variant="default"
                aria-haspopup="dialog"
                onClick={() => setMerging(twin._id)}
              >
                Compare and merge
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {merging && <MergeDialog keep={contact} mergeId={merging} onClose={() => setMerging(null)} />}
    </Alert>
  );
}
