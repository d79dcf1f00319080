/** Starts the engine on the test app, with a data folder of its own, and real clients on it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ConvexClient, ConvexHttpClient, type ConvexClientOptions } from "convex/browser";
import { afterEach } from "vitest";
import { WebSocket } from "ws";
import {
  startConvex,
  type LocalConvex,
  type LogEvent,
  type StartConvexOptions,
} from "../../../local/convex/server.ts";

export const APP = path.join(import.meta.dirname, "app");

const cleanups: (() => unknown)[] = [];

/** Runs after the test, last in first out. */
export function afterTest(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "convex-test-"));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type TestEngine = LocalConvex & { dataDir: string; logs: LogEvent[] };

export async function startEngine(options: Partial<StartConvexOptions> = {}): Promise<TestEngine> {
  const logs: LogEvent[] = [];
  const dataDir = options.dataDir ?? temporaryFolder();
  const engine = await startConvex({
    functionsDir: APP,
    port: 0,
    sitePort: 0,
    env: {},
    ...options,
    dataDir,
    onLog: (event) => logs.push(event),
  });
  afterTest(() => engine.close());
  return Object.assign(engine, { dataDir, logs });
}

/** A browser client; `webSocketConstructor` may be a recorder. */
export function connect(url: string, options: Partial<ConvexClientOptions> = {}): ConvexClient {
  const client = new ConvexClient(url, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    logger: false,
    unsavedChangesWarning: false,
    ...options,
  });
  afterTest(() => client.close());
  return client;
}

/** What ConvexHttpClient can do beside its public types: act with the admin key. */
export type AdminClient = ConvexHttpClient & {
  setAdminAuth(adminKey: string, actingAs?: Record<string, unknown>): void;
  function(path: unknown, component: string | undefined, args: object): Promise<unknown>;
};

export function httpClient(url: string): AdminClient {
  return new ConvexHttpClient(url, { logger: false }) as AdminClient;
}

/** Waits until `probe` gives something other than undefined or false. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${probe.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
