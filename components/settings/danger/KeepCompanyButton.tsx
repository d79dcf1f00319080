"use client";

import { useMutation } from "convex/react";
import { PlainButton } from "@/components/ui/links";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";

/** Takes the company's closing back. For members with `settings.manage`. */
export function KeepCompanyButton() {
  const withdraw = useMutation(api.tenantLifecycle.withdrawClosing);
  const [keep, busy] = useExclusive(async () => {
    try {
      await withdraw({});
      toastSuccess("The company stays open.");
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <PlainButton variant="filled" disabled={busy} onClick={() => void keep()}>
      Keep the company
    </PlainButton>
  );
}
