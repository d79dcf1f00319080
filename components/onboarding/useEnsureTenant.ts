import { useMutation } from "convex/react";
import { useCallback, useState } from "react";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { SignupMetadata } from "@/lib/signup";

/** Asks for one's own company to be set up; safe to repeat. `error` is what the last try met. */
export function useEnsureTenant() {
  const ensureTenant = useMutation(api.onboarding.ensureTenant);
  const [error, setError] = useState<unknown>();
  const [ensure, busy] = useExclusive(
    useCallback(
      async ({ companyName, plan }: SignupMetadata) => {
        setError(undefined);
        try {
          await ensureTenant({ companyName, plan });
        } catch (thrown) {
          setError(thrown);
        }
      },
      [ensureTenant],
    ),
  );
  return { ensure, busy, error };
}
