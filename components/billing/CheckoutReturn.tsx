"use client";

import { Alert, Loader } from "@mantine/core";
import { useMutation } from "convex/react";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { toastSuccess } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { PLANS } from "@/lib/plans";
import { inForce } from "./billingWords";
import type { BillingAccount } from "./types";

/** Between two looks at Stripe while the page waits, in milliseconds. */
const LOOK_AGAIN_MS = 4_000;

/**
 * Back from Stripe's checkout. The payment may be here before Stripe has told Sunup: the page
 * waits for it live, and has Sunup ask Stripe by itself. The address proves nothing and opens nothing.
 */
export function CheckoutReturn({ account }: { account: BillingAccount }) {
  const router = useRouter();
  const came = useSearchParams().get("checkout");
  const refresh = useMutation(api.billing.refresh);
  const isPaid = inForce(account) !== null;
  const waits = came === "done" && !isPaid;

  useEffect(() => {
    if (came !== "done" || !isPaid) return;
    toastSuccess(`Welcome to ${PLANS.pro.name}. Your new limits hold at once.`);
    router.replace("/settings/billing");
  }, [came, isPaid, router]);

  useEffect(() => {
    if (!waits) return;
    const look = () => void refresh({}).catch(() => undefined);
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, refresh]);

  if (came === "left" && !isPaid) {
    return (
      <Alert
        color="gray"
        title="Nothing was bought"
        withCloseButton
        closeButtonLabel="Close"
        onClose={() => router.replace("/settings/billing")}
      >
        You came back before paying, so everything is as it was. You can start again at any time.
      </Alert>
    );
  }
  if (!waits) return null;
  return (
    <Alert color="lake" role="status" icon={<Loader size={18} />} title="Waiting for Stripe">
      Your payment is being confirmed. This takes a few seconds, and the page follows by itself.
    </Alert>
  );
}
