"use client";

import { Skeleton, Stack, Switch } from "@mantine/core";
import { useMutation } from "convex/react";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useOwnMember } from "@/components/workspace/useOwnMember";
import { api } from "@/convex/_generated/api";
import { EMAIL_CHOICE_WORDS, EMAIL_CHOICES, type EmailChoice } from "@/lib/notifications";
import classes from "./NotificationSettings.module.css";

/** Which mails the member gets; every member chooses for oneself. */
export function NotificationSettings() {
  const member = useOwnMember();
  return (
    <>
      <PageHeader
        title="Notifications"
        description={
          <>
            Which mails Sunup sends to <bdi>{member.email}</bdi>. Only you see and change this.
          </>
        }
      />
      <div className={classes.panels}>
        <Panel title="About your work">
          <Choices />
        </Panel>
        <Panel title="Always sent">
          <ul className={classes.always}>
            <li>
              <strong>Security</strong>
              Sign-in codes, invitations, and warnings about access that was refused.
            </li>
            <li>
              <strong>Billing and account</strong>
              Payments, the end of a trial, and the closing of your company. Administrators get
              these.
            </li>
          </ul>
          <p className={classes.note}>These cannot be turned off: missing one could cost you.</p>
        </Panel>
      </div>
    </>
  );
}

function Choices() {
  const mine = useLiveQuery(api.notifications.mine, {});
  const setEmail = useMutation(api.notifications.setEmail).withOptimisticUpdate(
    (store, { choice, on }) => {
      const shown = store.getQuery(api.notifications.mine, {});
      if (!shown) return;
      const others = shown.emailsOff.filter((each) => each !== choice);
      const emailsOff = on ? others : [...others, choice];
      store.setQuery(api.notifications.mine, {}, { emailsOff });
    },
  );
  if (mine.status === "error") return <ErrorNotice error={mine.error} order={3} />;
  if (mine.status === "loading") {
    return (
      <Stack gap="lg" role="status" aria-label="Loading your choices">
        {EMAIL_CHOICES.map((choice) => (
          <Skeleton key={choice} height={42} radius="md" />
        ))}
      </Stack>
    );
  }
  const choose = (choice: EmailChoice, on: boolean) =>
    void setEmail({ choice, on }).catch(toastError);
  return (
    <Stack gap="lg">
      {EMAIL_CHOICES.map((choice) => (
        <Switch
          key={choice}
          label={EMAIL_CHOICE_WORDS[choice].name}
          description={EMAIL_CHOICE_WORDS[choice].description}
          checked={!mine.data.emailsOff.includes(choice)}
          onChange={(event) => choose(choice, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
