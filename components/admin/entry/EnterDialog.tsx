"use client";

import { Button, Group, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { errorData } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import { ENTRY_MS, type EntryAccess } from "@/lib/staffEntry";
import { useStaff } from "../StaffContext";

type EnterDialogProps = {
  tenantId: Id<"tenants">;
  companyName: string;
  opened: boolean;
  onClose: () => void;
};

const MINUTES = ENTRY_MS / 60_000;

/** Asks staff why they enter a company, and what for: to look, or, for operators, to help. */
export function EnterDialog({ tenantId, companyName, opened, onClose }: EnterDialogProps) {
  const { may } = useStaff();
  const enter = useMutation(api.staff.entries.enter);
  const router = useRouter();
  const form = useForm({
    initialValues: { reason: "", access: "read" as EntryAccess },
    validate: {
      reason: (typed) =>
        typed.trim() === "" ? "Say why, in words that the company may read." : null,
    },
  });
  const close = () => {
    form.reset();
    onClose();
  };
  const [submit, busy] = useExclusive(async (values: typeof form.values) => {
    try {
      const state = await enter({ tenantId, ...values });
      close();
      if (state === "open") router.push("/dashboard");
      else toastSuccess("Asked. You can enter as soon as an administrator allows it.");
    } catch (thrown) {
      const { field, message } = errorData(thrown) ?? {};
      if (field === "reason") form.setFieldError("reason", message);
      else toastError(thrown);
    }
  });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={
        <>
          Enter <bdi>{companyName}</bdi>
        </>
      }
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => void submit(values),
          () => form.getInputNode("reason")?.focus(),
        )}
      >
        <Stack gap="md">
          <Text size="sm">
            For {MINUTES} minutes, under your own name. The company’s administrators are told, read
            your reason, and can end it. Where they want to be asked first, you wait for them.
          </Text>
          <Textarea
            label="Why do you enter?"
            description="The company reads this."
            name="reason"
            dir="auto"
            autosize
            minRows={2}
            maxLength={TEXT_LIMITS.reason}
            data-autofocus
            key={form.key("reason")}
            {...form.getInputProps("reason")}
          />
          {may("operator") && (
            <Radio.Group
              label="What for?"
              key={form.key("access")}
              {...form.getInputProps("access")}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="read" label="To look: nothing can be changed" />
                <Radio
                  value="write"
                  label="To help: also change projects, leads, contacts and settings"
                />
              </Stack>
            </Radio.Group>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Enter
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
