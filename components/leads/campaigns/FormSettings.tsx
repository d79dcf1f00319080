"use client";

import { ActionIcon, Anchor, Button, CopyButton, Group, Switch, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import type { CampaignSettings } from "../types";
import classes from "./Campaigns.module.css";

/** The campaign's public form: on or off, its address, and the lines for the company's own website. */
export function FormSettings({ campaign }: { campaign: CampaignSettings }) {
  const open = useMutation(api.campaigns.openForm);
  const close = useMutation(api.campaigns.closeForm);
  const rotate = useMutation(api.campaigns.rotateFormToken);
  const renewing = useLazyDisclosure();
  const { _id: campaignId, name, formToken } = campaign;
  // What was just clicked, until the server has answered: the key is made there.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const isOpen = wanted ?? formToken !== null;
  function turn(on: boolean) {
    setWanted(on);
    (on ? open : close)({ campaignId })
      .catch(toastError)
      .finally(() => setWanted(null));
  }
  const address = formToken && `${window.location.origin}/f/${formToken}`;
  return (
    <div className={classes.part}>
      <h3>Form</h3>
      <Switch
        label={isOpen ? "Takes requests" : "Turned off"}
        aria-label={`Form of ${name}`}
        checked={isOpen}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      {address === null ? (
        <p className={classes.hint}>
          A page where anybody can ask you for a quote, to link to or to show on your website.
        </p>
      ) : (
        <>
          <Copyable label="Address" value={address} />
          <Copyable label="For your website" value={snippetOf(address)} />
          <Group gap="md">
            <Anchor href={address} target="_blank" rel="noreferrer" size="sm">
              Open the form
            </Anchor>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              aria-haspopup="dialog"
              onClick={renewing.open}
            >
              Give it a new address
            </Button>
          </Group>
        </>
      )}
      {renewing.wanted && (
        <ConfirmDialog
          title="Give the form a new address"
          confirm="Give it a new address"
          opened={renewing.opened}
          onClose={renewing.close}
          onConfirm={() =>
            void rotate({ campaignId }).then(
              () => toastSuccess("The form has a new address."),
              toastError,
            )
          }
        >
          The old address and every website that shows it stop working at once. Do this when the
          form is misused.
        </ConfirmDialog>
      )}
    </div>
  );
}

/** The form in a frame, for any website. */
function snippetOf(address: string): string {
  return `<iframe src="${address}" title="Request a solar quote" style="width:100%;height:820px;border:0" loading="lazy"></iframe>`;
}

function Copyable({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.address}>
      <TextInput
        label={label}
        readOnly
        value={value}
        size="xs"
        onFocus={(event) => event.currentTarget.select()}
        rightSection={
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={copied ? `${label}: copied` : `Copy: ${label}`}
                onClick={copy}
              >
                {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              </ActionIcon>
            )}
          </CopyButton>
        }
      />
    </div>
  );
}
