import { DAY_MS } from "../../lib/days";
import { sunupError } from "../../lib/errors";

/** The longest for which staff set something that ends by itself, in days. */
const MAX_DAYS = 3_660;

/** Throws INVALID (expiresAt) unless the moment (milliseconds) is absent, or ahead and not absurdly far. */
export function requireFuture(expiresAt: number | undefined, now: number): void {
  if (expiresAt === undefined) return;
  if (expiresAt > now && expiresAt <= now + MAX_DAYS * DAY_MS) return;
  throw sunupError("INVALID", {
    field: "expiresAt",
    message: "The last day must lie ahead, by ten years at most.",
  });
}
