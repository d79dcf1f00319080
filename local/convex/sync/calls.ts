/** What a frame asks for, as a call to the runner. */
import { canonicalPath } from "../functions/registry.ts";
import type { RunReason } from "../logs/events.ts";
import { formatLogLine, type LogLine } from "../runtime/console.ts";
import { newRequestId } from "../runtime/errors.ts";
import { isPrivileged, type Identity } from "../runtime/identity.ts";
import type { Call } from "../runtime/runner.ts";
import type { AddQuery } from "./protocol.ts";

export type Origin = { readonly ip: string | null; readonly userAgent: string | null };

/** @throws Error when a client names a component. */
export function functionCall(
  { udfPath, args, componentPath }: Pick<AddQuery, "udfPath" | "args" | "componentPath">,
  identity: Identity,
  { ip, userAgent }: Origin,
  reason: RunReason,
): Call {
  if (componentPath && !isPrivileged(identity)) {
    throw new Error("Only the admin key may call functions of components.");
  }
  return {
    component: componentPath ?? "",
    path: canonicalPath(udfPath),
    args: args[0] ?? {},
    request: {
      ...{ requestId: newRequestId(), identity, ip, userAgent, reason },
      ...{ scheduledJobId: null, queueLength: null },
    },
    allowed: "public",
  };
}

/** Only the holder of the admin key sees what functions print. */
export function visibleLogs(logs: LogLine[], identity: Identity): string[] {
  return isPrivileged(identity) ? logs.map(formatLogLine) : [];
}
