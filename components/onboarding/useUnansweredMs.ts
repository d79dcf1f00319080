import { useConvexConnectionState } from "convex/react";
import { useElapsed } from "./useElapsed";

/** How long the database has owed an answer, or has been out of reach. */
export function useUnansweredMs(asking: boolean): number {
  const { isWebSocketConnected } = useConvexConnectionState();
  return useElapsed(asking || !isWebSocketConnected);
}
