"use client";

import { Skeleton, Text } from "@mantine/core";
import { useMutation, usePaginatedQuery } from "convex/react";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import { FailureList } from "./FailureList";
import { CLERK_PROBLEMS, eventWords, mailWords, SENDER_NAMES } from "./overviewWords";

const PAGE = { initialNumItems: 8 };

/** What failed in any company and waits for a person, each with a button to try it again. */
export function FailuresPanel() {
  const webhooks = usePaginatedQuery(api.staff.failures.webhooks, {}, PAGE);
  const emails = usePaginatedQuery(api.staff.failures.emails, {}, PAGE);
  const invitations = usePaginatedQuery(api.staff.failures.invitations, {}, PAGE);
  const retryWebhooks = useMutation(api.staff.failures.retryWebhooks);
  const retryEmails = useMutation(api.staff.failures.retryEmails);
  const retryInvitations = useMutation(api.staff.failures.retryInvitations);
  const all = [webhooks, emails, invitations];
  const loading = all.some(({ status }) => status === "LoadingFirstPage");
  const none = all.every(({ status, results }) => status === "Exhausted" && results.length === 0);
  return (
    <Panel title="Waits for a person">
      {loading && <Skeleton height={60} radius="md" aria-label="Loading what failed" />}
      {none && (
        <Text c="dimmed" size="sm">
          No webhook, mail or invitation has failed.
        </Text>
      )}
      <FailureList
        {...{ title: "Webhooks", one: "webhook", many: "webhooks", pages: webhooks }}
        rows={webhooks.results.map(({ _id, source, type, error, attempts, receivedAt }) => ({
          ...{ id: _id, what: eventWords(type), error, at: receivedAt },
          note: `${SENDER_NAMES[source]}, ${attempts} ${attempts === 1 ? "try" : "tries"}`,
        }))}
        retry={(ids) => retryWebhooks({ ids })}
      />
      <FailureList
        {...{ title: "Mail", one: "mail", many: "mails", pages: emails }}
        rows={emails.results.map(({ _id, tenantId, company, kind, error, failedAt }) => ({
          ...{ id: _id, what: mailWords(kind), error, at: failedAt, company, tenantId },
        }))}
        retry={(ids) => retryEmails({ ids })}
      />
      <FailureList
        {...{ title: "Invitations", one: "invitation", many: "invitations", pages: invitations }}
        rows={invitations.results.map(({ _id, tenantId, company, kind, error, failedAt }) => ({
          ...{ id: _id, at: failedAt, company, tenantId },
          what: kind === "make" ? "An invitation" : "The end of an invitation",
          error: CLERK_PROBLEMS[error] ?? error,
        }))}
        retry={(ids) => retryInvitations({ ids })}
      />
    </Panel>
  );
}
