/** The engine without sockets, on a data folder that can be filled past what functions may write. */
import { join } from "node:path";
import { Engine } from "../../../local/convex/engine.ts";
import { newRequestId } from "../../../local/convex/runtime/errors.ts";
import { ENGINE_REQUEST } from "../../../local/convex/runtime/execution.ts";
import { SYSTEM } from "../../../local/convex/runtime/identity.ts";
import { loadSecrets } from "../../../local/convex/secrets.ts";

export const FUNCTIONS = join(import.meta.dirname, "functions");
export const NOTES_PER_OWNER = 100;

export type Args = Record<string, string | number>;
export type InProcess = {
  run(kind: "query" | "mutation", path: string, args: Args): Promise<void>;
  fill(documents: number): Promise<void>;
  close(): Promise<void>;
};

export async function startInProcess(dataDir: string): Promise<InProcess> {
  const engine = new Engine({
    functionsDir: FUNCTIONS,
    dataDir,
    env: {},
    secrets: loadSecrets(dataDir),
    urls: { cloud: "http://127.0.0.1", site: "http://127.0.0.1" },
    watch: false,
    conflicts: 0,
    onLog: () => {},
    onReload: () => {},
  });
  await engine.start();
  return {
    async run(kind, path, args) {
      const request = {
        ...{ ...ENGINE_REQUEST, requestId: newRequestId(), identity: SYSTEM },
        reason: "httpApi" as const,
      };
      const outcome = await engine.runner[kind]({
        component: "",
        path,
        args,
        request,
        allowed: "all",
      });
      if (!outcome.ok) throw outcome.error;
    },
    async fill(documents) {
      const batch = 5000;
      for (let from = 0; from < documents; from += batch) {
        await engine.store.mutate(
          async (tx) => {
            for (let n = from; n < Math.min(from + batch, documents); n++) {
              const owner = `owner ${Math.floor(n / NOTES_PER_OWNER)}`;
              tx.insert("", "notes", { owner, n, text: "x".repeat(80) });
              await engine.store.breathe();
            }
          },
          { limits: false },
        );
      }
    },
    close: () => engine.close(),
  };
}
