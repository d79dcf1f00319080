/**
 * One client's side of the sync protocol.
 *
 * The client sees a state: versions of its query set and identity, and a timestamp. Each Transition
 * moves it from the last state to the next, with all results as of the one new timestamp:
 *
 *   idle ──anything changed──▶ updating (one snapshot; stale and new queries run) ──Transition──▶ idle
 *
 * - Messages are handled one after another; authentication is awaited before what follows it.
 * - Mutations run one after another. While one runs, no transition begins, and its response is sent
 *   before the transition that shows it, so that an optimistic update is replaced and never undone.
 * - After a mutation there is always a transition, even an empty one: the client resolves on it.
 */
import { AuthError, type Authenticator } from "../auth.ts";
import type { LogSink } from "../logs/sink.ts";
import { onceHooks } from "../requests.ts";
import { clientError } from "../runtime/errors.ts";
import { ANONYMOUS, type Identity, laneOf } from "../runtime/identity.ts";
import type { Call, Failure, Success } from "../runtime/runner.ts";
import { functionCall, visibleLogs, type Origin } from "./calls.ts";
import {
  decodeTs,
  encodeTs,
  encodeVersion,
  type ClientMessage,
  type QueryModification,
  type ServerMessage,
  type StateModification,
  type StateVersion,
} from "./protocol.ts";
import { QuerySet, type QuerySetServices } from "./querySet.ts";

export type SessionServices = QuerySetServices & { auth: Authenticator; log: LogSink };
export type Connection = Origin & {
  send(message: ServerMessage): void;
  /** When the client has read most of what was sent; undefined if it has. */
  drained(): Promise<void> | undefined;
  /** The client will come back. */
  close(code: number, reason: string): void;
};

export class Session {
  readonly #services: SessionServices;
  readonly #connection: Connection;
  readonly #queries: QuerySet;
  #sessionId: string | null = null;
  #identity: Identity = ANONYMOUS;
  /** What the client knows. */
  #version: StateVersion = { querySet: 0, identity: 0, ts: 0n };
  /** What it asked for since. */
  #pending: {
    modifications: QueryModification[];
    querySet: number;
    identity: Identity | null;
    identityVersion: number;
  } = { modifications: [], querySet: 0, identity: null, identityVersion: 0 };
  #messages: Promise<void> = Promise.resolve();
  #mutations: Promise<void> = Promise.resolve();
  #queuedMutations = 0;
  #mutating = false;
  #updating = false;
  #updateWanted = false;
  /** Until then a transition waits to begin. */
  #starting: Promise<void> = Promise.resolve();
  #clockSkew: number | undefined;
  #closed = false;

  constructor(services: SessionServices, connection: Connection) {
    this.#services = services;
    this.#connection = connection;
    this.#queries = new QuerySet(services, connection, () => this.#wantUpdate());
  }

  /** Handles a frame after all earlier ones; resolves when its mutation, if it is one, is done. */
  async receive(text: string): Promise<void> {
    const handled = this.#messages.then(async () => {
      if (this.#closed) return;
      try {
        await this.#handle(JSON.parse(text) as ClientMessage);
      } catch (error) {
        this.#fail(error);
      }
    });
    this.#messages = handled;
    await handled;
    await this.#mutations;
  }

  /** The connection is gone; what runs goes on without an audience. */
  closed(): void {
    this.#closed = true;
    this.#queries.close();
  }

  async #handle(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case "Connect":
        return this.#connect(message);
      case "Authenticate":
        return await this.#authenticate(message);
      case "ModifyQuerySet":
        if (message.baseVersion !== this.#pending.querySet) {
          throw new Error(
            `Base version ${message.baseVersion} passed up to ${this.#pending.querySet}.`,
          );
        }
        this.#pending.querySet = message.newVersion;
        this.#pending.modifications.push(...message.modifications);
        return this.#wantUpdate();
      case "Mutation": {
        const call = this.#call(message);
        if (call === null) return;
        this.#queuedMutations++;
        this.#mutations = this.#mutations.then(() => this.#mutation(message, call));
        return;
      }
      case "Action": {
        const call = this.#call(message);
        if (call !== null) void this.#action(message, call);
        return;
      }
      case "Event":
        return;
      default:
        throw new Error("The frame is of no known type.");
    }
  }

  #connect({
    sessionId,
    maxObservedTimestamp,
    clientTs,
  }: ClientMessage & { type: "Connect" }): void {
    this.#sessionId = sessionId;
    if (clientTs !== undefined) this.#clockSkew = clientTs - Date.now();
    if (maxObservedTimestamp === undefined) return;
    if (decodeTs(maxObservedTimestamp) > this.#services.store.latestTs()) {
      throw new Error(
        "The client has seen a later state than this deployment has: its data was replaced.",
      );
    }
  }

  async #authenticate(message: ClientMessage & { type: "Authenticate" }): Promise<void> {
    const { auth } = this.#services;
    if (message.baseVersion !== this.#pending.identityVersion) {
      throw new Error(
        `Base identity ${message.baseVersion} passed up to ${this.#pending.identityVersion}.`,
      );
    }
    try {
      if (message.tokenType === "None") this.#pending.identity = ANONYMOUS;
      else if (message.tokenType === "User")
        this.#pending.identity = await auth.fromToken(message.value);
      else this.#pending.identity = auth.fromAdminKey(message.value, message.impersonating);
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      this.#services.log.engine("WARN", `A client's token was refused: ${error.message}`);
      return this.#authFailed(error, true);
    }
    this.#pending.identityVersion = message.baseVersion + 1;
    this.#wantUpdate();
  }

  async #mutation(message: ClientMessage & { type: "Mutation" }, call: Call): Promise<void> {
    const { runner } = this.#services;
    const once = this.#sessionId === null ? {} : onceHooks(this.#sessionId, message.requestId);
    try {
      // Else mutations that follow each other closely would keep every transition back.
      await this.#starting;
      call.request.queueLength = this.#queuedMutations;
      const outcome = await runner.mutation(call, {
        ...once,
        onStart: () => (this.#mutating = true),
      });
      const ts = outcome.ok ? { ts: encodeTs(outcome.ts) } : {};
      this.#send({
        ...this.#response("MutationResponse", message.requestId, call, outcome),
        ...ts,
      });
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#queuedMutations--;
      this.#mutating = false;
      this.#wantUpdate();
    }
  }

  async #action(message: ClientMessage & { type: "Action" }, call: Call): Promise<void> {
    try {
      const outcome = await this.#services.runner.action(call);
      this.#send(this.#response("ActionResponse", message.requestId, call, outcome));
    } catch (error) {
      this.#fail(error);
    }
  }

  #response(
    type: "MutationResponse" | "ActionResponse",
    requestId: number,
    { request }: Call,
    outcome: Success | Failure,
  ): ServerMessage & { requestId: number } {
    const logLines = visibleLogs(outcome.logs, request.identity);
    if (outcome.ok) return { type, requestId, success: true, result: outcome.value, logLines };
    const { errorMessage, ...data } = clientError(
      outcome.error,
      request.requestId,
      request.identity,
    );
    return { type, requestId, success: false, result: errorMessage, ...data, logLines };
  }

  #wantUpdate(): void {
    this.#updateWanted = true;
    if (this.#updating || this.#mutating || this.#closed) return;
    this.#updating = true;
    void this.#update().finally(() => {
      this.#updating = false;
      if (this.#updateWanted) this.#wantUpdate();
    });
  }

  /** A slow client gets fewer transitions, each with the latest state; many clients take turns. */
  async #turn(): Promise<void> {
    await this.#connection.drained();
    await this.#services.store.breathe(laneOf(this.#pending.identity ?? this.#identity));
  }

  async #update(): Promise<void> {
    this.#starting = this.#turn();
    await this.#starting;
    if (this.#mutating || this.#closed) return; // the mutation's end comes back to this
    this.#updateWanted = false;
    try {
      const modifications: StateModification[] = this.#applyPending();
      const identity = this.#currentIdentity();
      if (identity === null) return;
      const { querySet, identityVersion } = this.#pending;
      const refreshed = await this.#queries.refresh(identity, this.#version.ts);
      if (this.#closed) return;
      modifications.push(...refreshed.modifications);
      const end = { querySet, identity: identityVersion, ts: refreshed.ts };
      const [startVersion, endVersion] = [encodeVersion(this.#version), encodeVersion(end)];
      this.#send({
        type: "Transition",
        startVersion,
        endVersion,
        modifications,
        clientClockSkew: this.#clockSkew,
      });
      this.#version = end;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Takes over what the client asked for; gives the removals. */
  #applyPending(): StateModification[] {
    const { modifications, identity } = this.#pending;
    this.#pending.modifications = [];
    this.#pending.identity = null;
    if (identity !== null) {
      this.#identity = identity;
      this.#queries.invalidate();
    }
    return this.#queries.modify(modifications);
  }

  /** The identity for what runs now; null (and the client is told) when its token has expired. */
  #currentIdentity(): Identity | null {
    const identity = this.#pending.identity ?? this.#identity;
    if (identity.kind !== "user" || identity.expiresAtMs > Date.now()) return identity;
    this.#authFailed(new AuthError("TokenExpired", "The token has expired."), false);
    return null;
  }

  #call(message: ClientMessage & { type: "Mutation" | "Action" }): Call | null {
    const identity = this.#currentIdentity();
    return identity && functionCall(message, identity, this.#connection, "webSocket");
  }

  #authFailed(error: AuthError, authUpdateAttempted: boolean): void {
    const baseVersion = this.#pending.identityVersion;
    this.#send({ type: "AuthError", error: error.message, baseVersion, authUpdateAttempted });
    this.#end(1000, error.code);
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#services.log.engine("ERROR", `A client's connection was ended: ${reason}`);
    this.#end(1011, "InternalServerError");
  }

  #end(code: number, reason: string): void {
    this.closed();
    this.#connection.close(code, reason);
  }

  #send(message: ServerMessage): void {
    if (!this.#closed) this.#connection.send(message);
  }
}
