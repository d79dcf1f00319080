"use client";

import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useMember, type Me } from "@/components/workspace/MemberContext";
import { ERASED_AFTER_DAYS, erasedAt } from "@/lib/erasure";
import { formatDate } from "@/lib/format";
import { CLOSING_DAYS } from "@/lib/tenantStatus";
import classes from "./DangerZone.module.css";
import { KeepCompanyButton } from "./KeepCompanyButton";

const CloseCompanyDialog = dynamic(() =>
  import("./CloseCompanyDialog").then((m) => m.CloseCompanyDialog),
);

/** What cannot be taken back easily: closing the company. For System Administrators. */
export function DangerZone() {
  const { tenant, canAsMember } = useMember();
  return (
    <>
      <PageHeader title="Danger zone" description="Steps that change everything for everybody." />
      {!canAsMember("settings.manage") ? (
        <Notice
          icon={<IconLock size={26} stroke={1.6} aria-hidden />}
          title="Only for administrators"
        >
          Ask a System Administrator of your company if it should be closed.
        </Notice>
      ) : tenant.closing ? (
        <ClosingPanel tenant={tenant} closing={tenant.closing} />
      ) : (
        <ClosePanel companyName={tenant.name} />
      )}
    </>
  );
}

function ClosePanel({ companyName }: { companyName: string }) {
  const dialog = useLazyDisclosure();
  return (
    <Panel title="Close the company" className={classes.panel}>
      <ul className={classes.facts}>
        <li>
          You have {CLOSING_DAYS} days to change your mind. Until then everything works as before,
          and everybody sees the date.
        </li>
        <li>Administrators are reminded by e-mail 14 days, 7 days and 1 day before.</li>
        <li>
          Then nobody can open <bdi>{companyName}</bdi> any more. Save what you want to keep before
          that day.
        </li>
        <li>
          {ERASED_AFTER_DAYS} days later everything is erased for good: projects, files, and the
          accounts of all people.
        </li>
      </ul>
      <Button color="red" variant="outline" onClick={dialog.open}>
        Close the company…
      </Button>
      {dialog.wanted && (
        <CloseCompanyDialog
          companyName={companyName}
          opened={dialog.opened}
          onClose={dialog.close}
        />
      )}
    </Panel>
  );
}

type ClosingPanelProps = {
  tenant: Me["tenant"];
  closing: NonNullable<Me["tenant"]["closing"]>;
};

function ClosingPanel({ tenant, closing }: ClosingPanelProps) {
  return (
    <Panel title="This company will be closed" className={classes.panel}>
      <p className={classes.text}>
        <bdi>{closing.requestedBy}</bdi> asked for it on {formatDate(closing.requestedAt)}. On{" "}
        <strong>{formatDate(closing.closesAt)}</strong> everybody loses access to{" "}
        <bdi>{tenant.name}</bdi>. Until then any administrator can keep it.
      </p>
      <p className={classes.text}>
        On <strong>{formatDate(erasedAt(closing.closesAt))}</strong> all of its data is erased for
        good: projects, files, and the accounts of its people. Only invoices stay with our payment
        provider, as the law asks.
      </p>
      <KeepCompanyButton />
    </Panel>
  );
}
