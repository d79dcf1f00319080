/** The order of frames when a response is late: what sockets and luck would hide. */
import path from "node:path";
import { expect, test } from "vitest";
import { Authenticator } from "../../../local/convex/auth.ts";
import { LogSink } from "../../../local/convex/logs/sink.ts";
import { openStore } from "../../../local/convex/store/store.ts";
import type { ServerMessage } from "../../../local/convex/sync/protocol.ts";
import { Session, type SessionServices } from "../../../local/convex/sync/session.ts";
import { Subscriptions } from "../../../local/convex/sync/subscriptions.ts";
import { afterTest, temporaryFolder, until } from "./engine.ts";
import { tsOf } from "./frames.ts";

/** A session whose one query counts notes, and whose one mutation is answered 20 ms after its commit. */
async function slowlyAnsweredSession() {
  const store = openStore({ file: path.join(temporaryFolder(), "data.sqlite") });
  afterTest(() => store.close());
  await store.mutate((tx) => tx.insert("", "notes", {}));
  const subscriptions = new Subscriptions(store);
  afterTest(() => subscriptions.close());
  const services: SessionServices = {
    store,
    subscriptions,
    auth: new Authenticator("key"),
    log: new LogSink("test", () => {}),
    systemQuery: () => undefined,
    runner: {
      queryOn: async (tx) => {
        const value = tx.count("", "notes");
        return { ok: true, value, logs: [], reads: tx.reads, ts: tx.ts, journal: null };
      },
      mutation: async (_call, hooks) => {
        const { ts } = await store.mutate((tx) => {
          hooks?.onStart?.();
          tx.insert("", "notes", {});
        });
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { ok: true, value: null, ts, logs: [] };
      },
      action: async () => ({ ok: true, value: null, logs: [] }),
    },
  };
  const sent: ServerMessage[] = [];
  const session = new Session(services, {
    send: (message) => sent.push(message),
    drained: () => new Promise((resolve) => setImmediate(resolve)),
    close: () => {},
    ip: null,
    userAgent: null,
  });
  const receive = (message: object) => void session.receive(JSON.stringify(message));
  receive({ type: "Connect", sessionId: "s" });
  const add = { type: "Add", queryId: 0, udfPath: "notes:count", args: [{}] };
  receive({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [add] });
  await until(() => sent.length === 1);
  return { store, sent, receive };
}

test("no transition passes a mutation whose response is still to come", async () => {
  const { store, sent, receive } = await slowlyAnsweredSession();
  for (const requestId of [0, 1, 2]) {
    receive({ type: "Mutation", requestId, udfPath: "notes:add", args: [{}] });
  }
  // Somebody else's commits wake the session meanwhile.
  const noise = setInterval(() => void store.mutate((tx) => tx.insert("", "notes", {})), 3);
  await until(() => sent.filter(({ type }) => type === "MutationResponse").length === 3);
  clearInterval(noise);
  await until(() => sent.at(-1)?.type === "Transition");
  for (const [at, message] of sent.entries()) {
    if (message.type !== "MutationResponse") continue;
    const committed = tsOf(message.ts!);
    const earlier = sent.slice(0, at).flatMap((m) => (m.type === "Transition" ? [m] : []));
    for (const { endVersion } of earlier) expect(tsOf(endVersion.ts)).toBeLessThan(committed);
    expect(sent.slice(at).some(({ type }) => type === "Transition")).toBe(true);
  }
});

test("every transition starts where the last one ended", async () => {
  const { sent, receive } = await slowlyAnsweredSession();
  receive({ type: "Mutation", requestId: 0, udfPath: "notes:add", args: [{}] });
  receive({ type: "Authenticate", tokenType: "None", baseVersion: 0 });
  const remove = { type: "Remove", queryId: 0 };
  receive({ type: "ModifyQuerySet", baseVersion: 1, newVersion: 2, modifications: [remove] });
  await until(() => sent.some(({ type }) => type === "MutationResponse"));
  await until(() => sent.at(-1)?.type === "Transition");
  const transitions = sent.flatMap((message) => (message.type === "Transition" ? [message] : []));
  let last = { querySet: 0, identity: 0, ts: "AAAAAAAAAAA=" };
  for (const { startVersion, endVersion } of transitions) {
    expect(startVersion).toEqual(last);
    last = endVersion;
  }
  expect(last).toMatchObject({ querySet: 2, identity: 1 });
});

test("transitions come through a stream of mutations, also to a client that reads slowly", async () => {
  const { sent, receive } = await slowlyAnsweredSession();
  for (let requestId = 0; requestId < 10; requestId++) {
    receive({ type: "Mutation", requestId, udfPath: "notes:add", args: [{}] });
  }
  const count = (type: string) => sent.filter((message) => message.type === type).length;
  await until(() => count("MutationResponse") === 10);
  expect(count("Transition")).toBeGreaterThan(5);
});
