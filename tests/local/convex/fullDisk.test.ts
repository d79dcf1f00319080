/** The disk takes no more: a limit on the size of files, which the system answers as it does a full disk. */
import { spawn } from "node:child_process";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { afterTest, APP, httpClient, startEngine, temporaryFolder, until } from "./engine.ts";

const MAIN = path.resolve(import.meta.dirname, "../../../local/convex/main.ts");
const KILOBYTES = 3000;

test("a full disk refuses writes, keeps all that was acknowledged, and is the end of nothing", async () => {
  const dataDir = temporaryFolder();
  const engine = spawn("bash", [
    "-c",
    `trap "" XFSZ; ulimit -f ${KILOBYTES}; exec "$0" "$@"`,
    ...[process.execPath, MAIN, "--functions", APP, "--data", dataDir],
    ...["--port", "0", "--site-port", "0"],
  ]);
  afterTest(() => engine.kill("SIGKILL"));
  let output = "";
  for (const stream of [engine.stdout, engine.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const url = await until(() => /ready at (\S+)/.exec(output)?.[1], 60_000);
  const client = httpClient(url);
  const send = (body: string) => client.mutation(api.messages!.send!, { channel: "a", body });

  let acknowledged = 0;
  const body = "x".repeat(200_000);
  while (acknowledged < 50) {
    const done = await send(body).then(
      () => true,
      () => false,
    );
    if (!done) break;
    acknowledged++;
  }
  expect(acknowledged).toBeGreaterThan(0);
  expect(acknowledged).toBeLessThan(50);
  expect(output).toMatch(/disk/i);
  expect(await client.query(api.messages!.count!, {})).toBe(acknowledged);
  await expect(send(body)).rejects.toThrow();

  const ended = new Promise((resolve) => engine.once("exit", resolve));
  engine.kill("SIGTERM");
  await ended;
  const database = new DatabaseSync(path.join(dataDir, "data.sqlite"));
  expect(database.prepare("PRAGMA quick_check").get()).toEqual({ quick_check: "ok" });
  database.close();

  // With room again, it goes on where it was.
  const again = await startEngine({ dataDir });
  const later = httpClient(again.url);
  await later.mutation(api.messages!.send!, { channel: "a", body });
  expect(await later.query(api.messages!.count!, {})).toBe(acknowledged + 1);
});
