"use client";

import { Skeleton } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import { AnchorLink, ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { formatMoment } from "@/lib/format";
import { Certificate } from "./Certificate";
import { ErasureProgress } from "./ErasureProgress";
import { ErasureRequest } from "./ErasureRequest";
import classes from "./Erasures.module.css";
import { ERASURE_STATE_WORDS } from "./erasureWords";
import type { Erasure } from "./types";

/** One erasure, from the request to the certificate, live. */
export function ErasureView({ erasureId }: { erasureId: string }) {
  const erasure = useLiveQuery(api.staff.erasures.get, { erasureId });
  if (erasure.status === "ready") return <ErasureBody erasure={erasure.data} />;
  if (erasure.status === "loading") {
    return (
      <Panel className={classes.panel}>
        <Skeleton height={260} radius="md" aria-label="Loading the erasure" />
      </Panel>
    );
  }
  if (errorData(erasure.error)?.code !== "NOT_FOUND") return <ErrorNotice error={erasure.error} />;
  return (
    <Notice
      order={1}
      icon={<IconFileOff size={26} stroke={1.6} aria-hidden />}
      title="Erasure not found"
      actions={<ButtonLink href="/admin/erasures">Go to all erasures</ButtonLink>}
    >
      There is none with this id. A request goes with the company when that is erased by another.
    </Notice>
  );
}

function ErasureBody({ erasure }: { erasure: Erasure }) {
  const { state, companyName } = erasure;
  return (
    <>
      <AnchorLink href="/admin/erasures" size="sm" className={classes.actions}>
        All erasures
      </AnchorLink>
      <PageHeader
        title={
          state === "done" ? (
            "Certificate of erasure"
          ) : (
            <>
              Erasure of <bdi>{companyName}</bdi>
            </>
          )
        }
        description={ERASURE_STATE_WORDS[state]}
      />
      <div className={classes.sections}>
        {state === "requested" && <ErasureRequest erasure={erasure} />}
        {state === "withdrawn" && (
          <Panel title="Nothing was erased">
            {erasure.withdrawnByName} took the request of {erasure.requestedByName} back
            {erasure.withdrawnAt && ` on ${formatMoment(erasure.withdrawnAt)}`}.
          </Panel>
        )}
        {state === "running" && <ErasureProgress erasure={erasure} />}
        {state === "done" && <Certificate erasure={erasure} />}
      </div>
    </>
  );
}
