/** Runs once when a server starts, before its first request: a wrong variable stops the start. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { stopOnWrongEnv } = await import("./lib/startupCheck");
  stopOnWrongEnv();
}
