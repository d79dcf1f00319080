/** Frames of Convex's sync protocol, and its way to write a timestamp. */
import type { JSONValue } from "convex/values";
import type { UserIdentity } from "../runtime/identity.ts";

export type AddQuery = {
  type: "Add";
  queryId: number;
  udfPath: string;
  args: JSONValue[];
  journal?: string | null;
  componentPath?: string;
};
export type QueryModification = AddQuery | { type: "Remove"; queryId: number };
type FunctionRequest = {
  requestId: number;
  udfPath: string;
  args: JSONValue[];
  componentPath?: string;
};
export type ClientMessage =
  | { type: "Connect"; sessionId: string; maxObservedTimestamp?: string; clientTs?: number }
  | { type: "Authenticate"; baseVersion: number; tokenType: "None" }
  | { type: "Authenticate"; baseVersion: number; tokenType: "User"; value: string }
  | {
      type: "Authenticate";
      baseVersion: number;
      tokenType: "Admin";
      value: string;
      impersonating?: UserIdentity;
    }
  | {
      type: "ModifyQuerySet";
      baseVersion: number;
      newVersion: number;
      modifications: QueryModification[];
    }
  | ({ type: "Mutation" } & FunctionRequest)
  | ({ type: "Action" } & FunctionRequest)
  | { type: "Event" };

export type StateVersion = { querySet: number; identity: number; ts: bigint };
export type StateModification =
  | {
      type: "QueryUpdated";
      queryId: number;
      value: JSONValue;
      logLines: string[];
      journal: string | null;
    }
  | {
      type: "QueryFailed";
      queryId: number;
      errorMessage: string;
      errorData?: JSONValue;
      logLines: string[];
      journal: string | null;
    }
  | { type: "QueryRemoved"; queryId: number };

export type ServerMessage =
  | {
      type: "Transition";
      startVersion: EncodedVersion;
      endVersion: EncodedVersion;
      modifications: StateModification[];
      clientClockSkew?: number;
    }
  | {
      type: "MutationResponse" | "ActionResponse";
      requestId: number;
      success: boolean;
      result: JSONValue;
      ts?: string;
      errorData?: JSONValue;
      logLines: string[];
    }
  | { type: "AuthError"; error: string; baseVersion: number; authUpdateAttempted: boolean }
  | { type: "FatalError"; error: string }
  | { type: "Ping" };
type EncodedVersion = { querySet: number; identity: number; ts: string };

/** base64 of the u64, little-endian. */
export function encodeTs(ts: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ts);
  return bytes.toString("base64");
}

/** @throws Error when it is not eight bytes. */
export function decodeTs(text: string): bigint {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 8) throw new Error("Not a timestamp.");
  return bytes.readBigUInt64LE();
}

export function encodeVersion({ querySet, identity, ts }: StateVersion): EncodedVersion {
  return { querySet, identity, ts: encodeTs(ts) };
}
