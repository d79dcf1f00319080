"use client";

import { Skeleton } from "@mantine/core";
import { IconFileCertificate } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { AnchorLink } from "@/components/ui/links";
import { MoreButton } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import { formatDate } from "@/lib/format";
import classes from "./Erasures.module.css";
import { ERASURE_STATE_WORDS } from "./erasureWords";

const PAGE = 25;

/** Companies that were erased, are being erased or are to be, each with its certificate. */
export function Erasures() {
  const { results, status, loadMore } = usePaginatedQuery(
    api.staff.erasures.list,
    {},
    { initialNumItems: PAGE },
  );
  return (
    <>
      <PageHeader
        title="Erasures"
        description="Companies whose data was erased, with the certificate of each."
      />
      <Panel flush className={classes.panel}>
        {status === "LoadingFirstPage" ? (
          <Skeleton height={160} m="lg" radius="md" aria-label="Loading the erasures" />
        ) : results.length === 0 ? (
          <Notice
            role="status"
            icon={<IconFileCertificate size={26} stroke={1.6} aria-hidden />}
            title="Nothing was erased yet"
          >
            A company is erased some days after it was closed, or from its page when two of the
            staff agree.
          </Notice>
        ) : (
          <ul className={classes.list} aria-label="Erasures">
            {results.map(({ _id, number, companyName, state, ...erasure }) => (
              <li key={_id}>
                <span className={classes.who}>
                  <AnchorLink href={`/admin/erasures/${_id}`} fw={600}>
                    <bdi>{companyName}</bdi>
                  </AnchorLink>
                  <span className={classes.sub}>
                    {number}, asked for by {erasure.requestedByName}
                  </span>
                </span>
                <span>{ERASURE_STATE_WORDS[state]}</span>
                <time dateTime={new Date(erasure.requestedAt).toISOString()}>
                  {formatDate(erasure.finishedAt ?? erasure.requestedAt)}
                </time>
              </li>
            ))}
          </ul>
        )}
        <MoreButton {...{ status, loadMore }} count={PAGE} className={classes.more} size="xs">
          Show older
        </MoreButton>
      </Panel>
    </>
  );
}
