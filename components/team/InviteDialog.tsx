"use client";

import { Button, Group, Modal, Stack, TagsInput, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type FormEvent } from "react";
import { FormAlert } from "@/components/auth/FormAlert";
import { toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { INVITATION_DAYS } from "@/lib/team";
import { inviteProblems, type InviteProblems } from "./inviteProblems";
import { RolesFields, type ChosenRoles } from "./RolesFields";
import { seatsAdvice, seatsWords } from "./seatsWords";

const FIRST_CHOICE: ChosenRoles = { roles: ["Installer"], primaryRole: "Installer" };

/** Invites people by e-mail, several at once, all into the same roles. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { tenant } = useMember();
  const invite = useMutation(api.invitations.invite);
  const seats = useLiveQuery(api.members.seats, {});
  const [emails, setEmails] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(FIRST_CHOICE);
  const [problems, setProblems] = useState<InviteProblems>({});

  function discard() {
    setEmails([]);
    setTyped("");
    setChosen(FIRST_CHOICE);
    setProblems({});
    onClose();
  }

  const [submit, busy] = useExclusive(async () => {
    // What is typed and not yet a tag counts too.
    const addresses = typed.trim() === "" ? emails : [...emails, typed.trim()];
    const found = inviteProblems(addresses, chosen);
    setProblems(found);
    if (found.emails !== undefined || found.roles !== undefined) return;
    try {
      await invite({ emails: addresses, ...chosen });
    } catch (thrown) {
      const { message, nextStep, field } = describeError(thrown);
      setProblems(field === "emails" ? { emails: message } : { form: `${message} ${nextStep}` });
      return;
    }
    toastSuccess(
      addresses.length === 1
        ? `The invitation to ${addresses[0]} is on its way.`
        : `${addresses.length} invitations are on their way.`,
    );
    discard();
  });

  const full =
    seats.status === "ready" && seats.data.limit !== null && seats.data.used >= seats.data.limit;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Invite people"
      closeButtonProps={{ "aria-label": "Close" }}
      // A stray click must not cost what was typed.
      closeOnClickOutside={emails.length === 0 && typed === ""}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="lg">
          <FormAlert>
            {problems.form ??
              (full
                ? `${seatsWords(seats.data)}. ${seatsAdvice(seats.data, tenant.plan)}`
                : undefined)}
          </FormAlert>
          <TagsInput
            label="E-mail addresses"
            description={`Each gets a link of their own, good for ${INVITATION_DAYS} days.`}
            type="email"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            splitChars={[",", ";", " ", "\n"]}
            // Leaving the field must not move what is below it while it is being clicked; what is
            // typed and not yet a tag is sent all the same.
            acceptValueOnBlur={false}
            value={emails}
            onChange={setEmails}
            searchValue={typed}
            onSearchChange={setTyped}
            error={problems.emails}
          />
          <RolesFields value={chosen} onChange={setChosen} error={problems.roles} />
          {seats.status === "ready" && !full && (
            <Text size="sm" c="dimmed">
              {seatsWords(seats.data)}.
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={discard} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={full}>
              {emails.length > 1 ? `Send ${emails.length} invitations` : "Send invitation"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
