"use client";

import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "convex/react";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import { CLOSING_DAYS, isCompanyName, NOT_THE_COMPANY_NAME } from "@/lib/tenantStatus";

type CloseCompanyDialogProps = { companyName: string; opened: boolean; onClose: () => void };

/** Asks for the company's name, typed by hand, before its closing begins. */
export function CloseCompanyDialog({ companyName, opened, onClose }: CloseCompanyDialogProps) {
  const requestClosing = useMutation(api.tenantLifecycle.requestClosing);
  const form = useForm({
    initialValues: { companyName: "", reason: "" },
    validate: {
      companyName: (typed) => (isCompanyName(typed, companyName) ? null : NOT_THE_COMPANY_NAME),
    },
  });
  const close = () => {
    form.reset();
    onClose();
  };
  const [submit, busy] = useExclusive(async (values: typeof form.values) => {
    try {
      await requestClosing(values);
      close();
    } catch (thrown) {
      const { field, message } = errorData(thrown) ?? {};
      if (field === "companyName" || field === "reason") {
        form.setFieldError(field, message);
        form.getInputNode(field)?.focus();
      } else {
        toastError(thrown);
      }
    }
  });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Close this company?"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => void submit(values),
          () => form.getInputNode("companyName")?.focus(),
        )}
      >
        <Stack gap="md">
          <Text size="sm">
            In {CLOSING_DAYS} days everybody loses access to{" "}
            <Text component="bdi" fw={600} inherit>
              {companyName}
            </Text>
            . Until then you can keep it with one click.
          </Text>
          <TextInput
            label="Type the company’s name to confirm"
            placeholder={companyName}
            name="companyName"
            dir="auto"
            autoComplete="off"
            data-autofocus
            key={form.key("companyName")}
            {...form.getInputProps("companyName")}
          />
          <Textarea
            label="Why are you closing it? (optional)"
            name="reason"
            dir="auto"
            autosize
            minRows={2}
            maxLength={TEXT_LIMITS.reason}
            key={form.key("reason")}
            {...form.getInputProps("reason")}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={busy}>
              Close in {CLOSING_DAYS} days
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
