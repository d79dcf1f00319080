/** 100 clients with 5 live queries each, and 300 mutations a second, on an engine of its own. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { WebSocket } from "ws";
import { percentile, report } from "../figures.ts";
import { FUNCTIONS } from "./inProcess.ts";

const MAIN = join(import.meta.dirname, "../../../local/convex/main.ts");
const CLIENTS = 100;
const QUERIES = 5;
const PER_SECOND = 300;
const SECONDS = 15;
const WARM_UP_SECONDS = 3;

const lastRef = makeFunctionReference<"query">("notes:last");
const addRef = makeFunctionReference<"mutation">("notes:add");

export async function measureLoad(dataDir: string): Promise<void> {
  const args = ["--functions", FUNCTIONS, "--data", dataDir, "--port", "0", "--site-port", "0"];
  const child = fork(MAIN, args, { silent: true });
  const clients: ConvexClient[] = [];
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.once("message", (message) => resolve((message as { url: string }).url));
      child.once("exit", () => reject(new Error("The engine did not start.")));
    });
    const pushes: number[] = [];
    const sent = new Map<string, number>();
    let ready = 0;
    for (let i = 0; i < CLIENTS; i++) {
      const client = new ConvexClient(url, {
        webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
        unsavedChangesWarning: false,
        logger: false,
      });
      clients.push(client);
      for (let k = 0; k < QUERIES; k++) {
        const owner = `${i}/${k}`;
        client.onUpdate(lastRef, { owner }, (n) => {
          if (n === -1) ready++;
          const began = sent.get(`${owner} ${n as number}`);
          if (began !== undefined) pushes.push(performance.now() - began);
        });
      }
    }
    while (ready < CLIENTS * QUERIES) await sleep(20);

    let n = 0;
    const mutations: Promise<unknown>[] = [];
    const began = performance.now();
    const finish = WARM_UP_SECONDS + SECONDS;
    for (;;) {
      const elapsed = (performance.now() - began) / 1000;
      if (elapsed >= finish) break;
      for (; n < elapsed * PER_SECOND; n++) {
        const i = n % CLIENTS;
        const owner = `${i}/${Math.floor(Math.random() * QUERIES)}`;
        if (elapsed > WARM_UP_SECONDS) sent.set(`${owner} ${n}`, performance.now());
        mutations.push(clients[i]!.mutation(addRef, { owner, n }));
      }
      await sleep(1);
    }
    await Promise.all(mutations);
    const seconds = (performance.now() - began) / 1000;
    report("engine.load_mutations_per_s", n / seconds, "1/s");
    report("engine.load_push_p50_ms", percentile(pushes, 0.5), "ms");
    report("engine.load_push_p99_ms", percentile(pushes, 0.99), "ms");
  } finally {
    for (const client of clients) await client.close();
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
}
