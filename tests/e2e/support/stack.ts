import type { RunningStack } from "../../support/launch.ts";

/** App ports of the stacks that the suite starts; the rest of each follows from it. */
export const PORTS = { shared: 14500, demo: 14520, crash: 14540, noWebhook: 14560, shards: 14580 };

/** Carries what the shared stack reports from the set-up to the workers. */
export const STACK_VARIABLE = "SUNUP_E2E_STACK";

/** The stack that most of the suite shares, and its data folder. */
export function sharedStack(): RunningStack & { data: string } {
  const text = process.env[STACK_VARIABLE];
  if (!text) throw new Error("The shared stack was not started.");
  return JSON.parse(text) as ReturnType<typeof sharedStack>;
}
