import { sunupError } from "../../lib/errors";
import { TEXT_LIMITS } from "../../lib/limits";

/** A reason as it is kept. Throws INVALID (field: reason) when it is empty or too long. */
export function requireReason(given: string): string {
  const reason = given.trim();
  if (reason !== "" && reason.length <= TEXT_LIMITS.reason) return reason;
  throw sunupError("INVALID", {
    field: "reason",
    message: `Give a reason of at most ${TEXT_LIMITS.reason} characters.`,
  });
}
