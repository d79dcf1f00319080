import { createServer } from "node:net";

/** Below the range from which systems take ports for connections, so that none of those is in the way. */
const FIRST = 20_000;
const COUNT = 10_000;

/**
 * A free port whose neighbour is free, too: an engine takes both, for queries and for HTTP actions.
 * By chance, so that test files side by side do not take the same.
 */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = FIRST + 2 * Math.floor((Math.random() * COUNT) / 2);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1" }, () => probe.close(() => resolve(true)));
  });
}
