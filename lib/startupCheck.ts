import { EnvError, serverEnv } from "./env.ts";

/** Ends the process with one sentence for every variable that is wrong. Node only. */
export function stopOnWrongEnv(): void {
  try {
    serverEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
