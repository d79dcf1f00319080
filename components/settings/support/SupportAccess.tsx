"use client";

import { Button, Skeleton, Switch, Text } from "@mantine/core";
import { IconUserShield } from "@tabler/icons-react";
import { useMutation, usePaginatedQuery } from "convex/react";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice, QueryBoundary } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { EntryActions } from "./EntryActions";
import classes from "./Support.module.css";
import { outcomeOf } from "./supportWords";

const PAGE = 20;

/** Whether Sunup's staff may come in unasked, and who was here. For administrators. */
export function SupportAccess() {
  return (
    <RequirePermission permission="settings.manage" ownPeople>
      <PageHeader
        title="Support access"
        description="When Sunup’s staff look into your company: who, why, when, and what they may do."
      />
      <div className={classes.panels}>
        <Panel title="Ask first">
          <Consent />
        </Panel>
        <Panel title="Who was here" flush>
          <QueryBoundary>
            <Entries />
          </QueryBoundary>
        </Panel>
      </div>
    </RequirePermission>
  );
}

function Consent() {
  const consent = useLiveQuery(api.supportAccess.consent, {});
  const setConsent = useMutation(api.supportAccess.setConsent).withOptimisticUpdate(
    (store, { required }) => store.setQuery(api.supportAccess.consent, {}, { required }),
  );
  if (consent.status === "error") return <ErrorNotice error={consent.error} order={3} />;
  if (consent.status === "loading") {
    return <Skeleton height={48} radius="md" aria-label="Loading the setting" />;
  }
  return (
    <Switch
      label="Sunup’s staff need an administrator’s consent"
      description="They wait outside until one of you allows it. Without this they may come in with a reason, for 30 minutes, and you are told."
      checked={consent.data.required}
      onChange={(event) =>
        void setConsent({ required: event.currentTarget.checked }).catch(toastError)
      }
    />
  );
}

function Entries() {
  const now = useNow();
  const entries = usePaginatedQuery(api.supportAccess.list, {}, { initialNumItems: PAGE });
  if (entries.status === "LoadingFirstPage") {
    return <Skeleton height={120} m="md" radius="md" aria-label="Loading who was here" />;
  }
  if (entries.results.length === 0) {
    return (
      <Notice
        icon={<IconUserShield size={26} stroke={1.6} aria-hidden />}
        title="Nobody of Sunup was here"
      >
        Whenever somebody comes in, it stands here, with the reason. Nobody can remove it.
      </Notice>
    );
  }
  return (
    <>
      <ul className={classes.entries} aria-label="Who was here">
        {entries.results.map((entry) => (
          <li key={entry._id} className={classes.entry}>
            <div className={classes.words}>
              <p className={classes.who}>
                <strong>
                  <bdi>{entry.staffName}</bdi>
                </strong>{" "}
                {entry.access === "write" ? "could make changes" : "could look only"}
              </p>
              <p className={classes.reason} dir="auto">
                {entry.reason}
              </p>
              <Text size="sm" c="dimmed">
                {formatMoment(entry.openedAt ?? entry._creationTime)} · {outcomeOf(entry, now)}
              </Text>
            </div>
            {entry.state !== "ended" && entry.endsAt > now && <EntryActions entry={entry} />}
          </li>
        ))}
      </ul>
      {(entries.status === "CanLoadMore" || entries.status === "LoadingMore") && (
        <Button
          m="md"
          variant="default"
          size="xs"
          loading={entries.status === "LoadingMore"}
          onClick={() => entries.loadMore(PAGE)}
        >
          Show older
        </Button>
      )}
    </>
  );
}
