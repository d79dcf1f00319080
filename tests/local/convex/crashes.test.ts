/**
 * Kills the engine with -9 at random moments under load. A few times; CRASHES=50 says how often
 * (`CRASHES=50 npx vitest run --project local crashes`).
 */
import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { freePorts } from "./freePorts.ts";
import { afterTest, APP, connect, httpClient, temporaryFolder, until } from "./engine.ts";

const CRASHES = Number(process.env.CRASHES ?? 3);
const CLIENTS = 4;
const MAIN = path.resolve(import.meta.dirname, "../../../local/convex/main.ts");

async function start(port: number, data: string): Promise<ChildProcess> {
  const args = ["--functions", APP, "--data", data, "--port", String(port), "--site-port", "0"];
  const child = fork(MAIN, args, { silent: true });
  afterTest(() => child.kill("SIGKILL"));
  await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error("The engine did not start again.")));
  });
  child.removeAllListeners("exit");
  return child;
}

async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

test(
  "no acknowledged write is lost, none is there twice, and what was scheduled is done once",
  { timeout: 60_000 + CRASHES * 20_000 },
  async () => {
    const data = temporaryFolder();
    const port = await freePorts();
    const url = `http://127.0.0.1:${port}`;
    let child = await start(port, data);

    // Real clients, which send what was in flight again when they are connected again.
    let stop = false;
    const writers = Array.from({ length: CLIENTS }, async (_, i) => {
      const client = connect(url);
      const channel = `channel ${i}`;
      let sent = 0;
      let scheduled = 0;
      while (!stop) {
        await client.mutation(api.messages!.send!, { channel, body: String(sent++) });
        if (sent % 3 !== 0) continue;
        await client.mutation(api.jobs!.schedule!, { label: channel, delay: 0 });
        scheduled++;
      }
      return { channel, sent, scheduled };
    });
    let acknowledged = -1;
    for (let crash = 0; crash < CRASHES; crash++) {
      const count = () => httpClient(url).query(api.messages!.count!, {});
      // Under load: somebody has got on since the last time.
      await until(async () => ((await count()) as number) > acknowledged, 30_000);
      acknowledged = (await count()) as number;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      await end(child, "SIGKILL");
      child = await start(port, data);
    }
    stop = true;
    const written = await Promise.all(writers);

    const client = httpClient(url);
    for (const { channel, sent, scheduled } of written) {
      const bodies = await client.query(api.messages!.bodies!, { channel });
      expect(bodies).toEqual([...Array(sent).keys()].map(String));
      const runs = async () => (await client.query(api.jobs!.runs!, { label: channel })) as number;
      await until(async () => (await runs()) >= scheduled);
      expect(await runs()).toBe(scheduled);
    }
    await end(child, "SIGTERM");
    const database = new DatabaseSync(path.join(data, "data.sqlite"), { readOnly: true });
    expect(database.prepare("PRAGMA quick_check").get()).toEqual({ quick_check: "ok" });
    database.close();
  },
);
