/** The keys of the local Stripe account: made once, kept in the data folder. */
import { keepKeys } from "../storage/keptKeys.ts";
import { newSecret } from "../storage/secrets.ts";

export interface StripeKeys {
  /** Of a test account, as everything here is in test mode. */
  secretKey: string;
  webhookSecret: string;
}

export function loadKeys(dataDir: string, given: Partial<StripeKeys> = {}): StripeKeys {
  return keepKeys(dataDir, makeKeys, given);
}

function makeKeys(): StripeKeys {
  const letters = (): string => newSecret().replace(/[-_]/g, "0");
  return { secretKey: `sk_test_${letters()}`, webhookSecret: `whsec_${letters()}` };
}
