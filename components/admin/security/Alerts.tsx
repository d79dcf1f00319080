"use client";

import { Skeleton } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { api } from "@/convex/_generated/api";
import { AlertRow } from "./AlertRow";
import classes from "./Security.module.css";

const PAGE = 25;

/** Alerts of one status, the latest first, live. */
export function Alerts({ status: of }: { status: "open" | "acknowledged" }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.staff.security.alerts,
    { status: of },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") {
    return <Skeleton height={160} m="lg" radius="md" aria-label="Loading the alerts" />;
  }
  if (results.length === 0) {
    return (
      <Notice
        role="status"
        icon={<IconShieldCheck size={26} stroke={1.6} aria-hidden />}
        title={of === "open" ? "No open alerts" : "No alert was acknowledged yet"}
      >
        {of === "open" && "When somebody should look at something, it appears here by itself."}
      </Notice>
    );
  }
  return (
    <>
      <ul
        className={classes.list}
        aria-label={of === "open" ? "Open alerts" : "Acknowledged alerts"}
      >
        {results.map((alert) => (
          <AlertRow key={alert._id} alert={alert} />
        ))}
      </ul>
      <MoreButton {...{ status, loadMore }} count={PAGE} className={classes.older} size="xs">
        Show older
      </MoreButton>
    </>
  );
}
