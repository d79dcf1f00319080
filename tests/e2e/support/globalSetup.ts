import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../../support/launch.ts";
import { PORTS, STACK_VARIABLE } from "./stack.ts";

/** Starts the stack that most of the suite shares, as `npm start` does, and stops it at the end. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  // Every fifth mutation runs twice, as after a write conflict: nothing may depend on one run.
  process.env.LOCAL_CONVEX_CONFLICTS ??= "0.2";
  const data = mkdtempSync(join(tmpdir(), "sunup-e2e-"));
  const launched = launch(["--port", String(PORTS.shared), "--data", data, "--no-demo"]);
  process.env[STACK_VARIABLE] = JSON.stringify({ ...(await launched.ready), data });
  return async () => {
    await launched.stop();
    rmSync(data, { recursive: true, force: true });
  };
}
