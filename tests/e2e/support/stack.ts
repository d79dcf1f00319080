import type { RunningStack } from "../../support/launch.ts";

/** App ports of the stacks that the suite starts; each takes 400 more above it. */
export const PORTS = { shared: 4500, demo: 4520, crash: 4540, noWebhook: 4560 };

/** Carries the shared stack's addresses from the set-up to the workers. */
export const STACK_VARIABLE = "SUNUP_E2E_STACK";

export function sharedStack(): RunningStack {
  const text = process.env[STACK_VARIABLE];
  if (!text) throw new Error("The shared stack was not started.");
  return JSON.parse(text) as RunningStack;
}
