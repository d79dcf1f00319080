import { useMutation } from "convex/react";
import { useEffect, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { BillingRequest } from "@/lib/billing";

/** After so long without an answer the buttons come back, in milliseconds. */
const PATIENCE_MS = 20_000;

/**
 * Asks Stripe for something and follows what becomes of it: where there is a page, the browser
 * goes there. `busy` is what is under way, `problem` what to say when it failed.
 */
export function useStripeRequest() {
  const ask = useMutation(api.billing.ask);
  const request = useLiveQuery(api.billing.myRequest, {});
  const [busy, setBusy] = useState<BillingRequest | null>(null);
  const [asked, setAsked] = useState<Id<"billingRequests"> | null>(null);
  const [late, setLate] = useState(false);

  const answer = request.status === "ready" && request.data?._id === asked ? request.data : null;
  const settled = answer !== null && answer.status !== "pending";
  const url = settled ? answer.url : undefined;

  useEffect(() => {
    if (url !== undefined) window.location.assign(url);
  }, [url]);
  useEffect(() => {
    if (busy === null || settled) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [busy, settled]);

  return {
    // While the browser is on its way to Stripe's page, the button stays busy.
    busy: late || (settled && url === undefined) ? null : busy,
    problem:
      late && !settled
        ? "Stripe takes unusually long. Try again in a moment."
        : settled
          ? (answer.problem ?? null)
          : null,
    start: async (kind: BillingRequest) => {
      setBusy(kind);
      setLate(false);
      setAsked(null);
      try {
        setAsked(await ask({ kind }));
      } catch (thrown) {
        setBusy(null);
        toastError(thrown);
      }
    },
  };
}
