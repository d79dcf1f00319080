"use client";

import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { erasedAt } from "@/lib/erasure";
import { formatDate } from "@/lib/format";
import { AccessNotice } from "./AccessNotice";

/** The whole page while the company is shut: why, since when, and whom to ask. Live. */
export function ShutNotice({ error }: { error: Error }) {
  const notice = useLiveQuery(api.tenantLifecycle.notice, {});
  // Until it is here, and if it cannot be had, the error's own words say as much as they can.
  if (notice.status !== "ready" || notice.data === null) return <AccessNotice error={error} />;

  const { status, companyName, reason, since, requestedBy } = notice.data;
  if (status === "closed") {
    return (
      <AccessNotice
        words={{
          title: "This company is closed",
          body: (
            <>
              <bdi>{companyName}</bdi> was closed on {formatDate(since)}
              {requestedBy && (
                <>
                  , as <bdi>{requestedBy}</bdi> had asked
                </>
              )}
              . Nobody can open it any more, and on {formatDate(erasedAt(since))} its data is erased
              for good. If that was a mistake, write to Sunup’s support before that day.
            </>
          ),
        }}
      />
    );
  }
  return (
    <AccessNotice
      words={{
        title: "This company is paused",
        body: (
          <>
            Sunup paused <bdi>{companyName}</bdi> on {formatDate(since)}.{" "}
            {reason && (
              <>
                The reason: “<bdi>{reason}</bdi>”.{" "}
              </>
            )}
            Your data is safe and untouched. <WhomToAsk {...notice.data} />
          </>
        ),
      }}
    />
  );
}

type Person = { name: string; email: string };

function WhomToAsk({
  administrators,
  youAreAdministrator,
}: {
  administrators: Person[];
  youAreAdministrator: boolean;
}) {
  const [person] = administrators;
  if (youAreAdministrator || !person) return <>Write to Sunup’s support to have it opened again.</>;
  return (
    <>
      Ask your administrator{" "}
      <a href={`mailto:${person.email}`}>
        <bdi>{person.name}</bdi>
      </a>
      .
    </>
  );
}
