/** Who a function runs for. */
import type { JSONValue } from "convex/values";
import { ENGINE_LANE } from "../store/turns.ts";

/** What `ctx.auth.getUserIdentity()` gives: the token's claims under Convex's names. */
export type UserIdentity = {
  tokenIdentifier: string;
  subject: string;
  issuer: string;
  [claim: string]: JSONValue | undefined;
};

export type Identity =
  | { kind: "anonymous" }
  | { kind: "user"; user: UserIdentity; token: string; expiresAtMs: number }
  /** The holder of the admin key, perhaps acting as a user. */
  | { kind: "admin"; actingAs: UserIdentity | null }
  /** The engine itself: scheduled functions and crons. */
  | { kind: "system" };

export const ANONYMOUS: Identity = { kind: "anonymous" };
export const SYSTEM: Identity = { kind: "system" };

/** The user as functions see it, or null. */
export function userOf(identity: Identity): UserIdentity | null {
  if (identity.kind === "user") return identity.user;
  return identity.kind === "admin" ? identity.actingAs : null;
}

/** Where its functions wait for the thread and the writer: each person has a lane (store/turns.ts). */
export function laneOf(identity: Identity): string {
  return userOf(identity)?.tokenIdentifier ?? ENGINE_LANE;
}

/** Admin and system may call internal functions and see unredacted errors and logs. */
export function isPrivileged(identity: Identity): boolean {
  return identity.kind === "admin" || identity.kind === "system";
}
