import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode, Problem } from "./problem.ts";

/** Where the servers of one local stack listen: all on this machine only, all derived from one port. */
export type Addresses = {
  appPort: number;
  convexPort: number;
  convexSitePort: number;
  clerkPort: number;
  mailPort: number;
  stripePort: number;
  appUrl: string;
  convexUrl: string;
  convexSiteUrl: string;
  clerkUrl: string;
  mailUrl: string;
  mailboxUrl: string;
  stripeUrl: string;
  /** The deployments beside home; none unless asked for. */
  shards: ShardAddresses[];
};

/** One more Convex deployment of the same code. */
export type ShardAddresses = {
  name: string;
  convexPort: number;
  convexSitePort: number;
  convexUrl: string;
  convexSiteUrl: string;
};

/** The names of the deployments beside home, in the order in which they come. */
export const SHARD_NAMES = ["east", "west", "south"];

const CONVEX = 210;
const CONVEX_SITE = 211;
const CLERK = 400;
const MAIL = 401;
const STRIPE = 402;
export const HIGHEST_APP_PORT = 65_535 - STRIPE;

/** The addresses of a stack with so many Convex deployments, home among them. */
export function addressesFor(appPort: number, deployments = 1): Addresses {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const shards = SHARD_NAMES.slice(0, deployments - 1).map((name, index) => {
    const convexPort = appPort + CONVEX + 10 * (index + 1);
    const convexSitePort = convexPort + CONVEX_SITE - CONVEX;
    const urls = { convexUrl: at(convexPort), convexSiteUrl: at(convexSitePort) };
    return { name, convexPort, convexSitePort, ...urls };
  });
  return {
    appPort,
    convexPort: appPort + CONVEX,
    convexSitePort: appPort + CONVEX_SITE,
    clerkPort: appPort + CLERK,
    mailPort: appPort + MAIL,
    stripePort: appPort + STRIPE,
    appUrl: `http://localhost:${appPort}`,
    convexUrl: at(appPort + CONVEX),
    convexSiteUrl: at(appPort + CONVEX_SITE),
    clerkUrl: at(appPort + CLERK),
    mailUrl: at(appPort + MAIL),
    mailboxUrl: `${at(appPort + MAIL)}/mailbox`,
    stripeUrl: at(appPort + STRIPE),
    shards,
  };
}

/** The servers of a launcher that was killed with -9 notice it and end, but not within the same moment. */
const PATIENCE_MS = 3_000;

/** Throws a Problem that names the first port that something else goes on using for `patienceMs`. */
export async function requireFreePorts(
  addresses: Addresses,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const limit = Date.now() + patienceMs;
  const wanted: [number, string][] = [
    [addresses.appPort, "the app"],
    [addresses.convexPort, "Convex"],
    [addresses.convexSitePort, "Convex's HTTP actions"],
    [addresses.clerkPort, "Clerk"],
    [addresses.mailPort, "the mailbox"],
    [addresses.stripePort, "Stripe"],
    ...addresses.shards.flatMap(({ name, convexPort, convexSitePort }): [number, string][] => [
      [convexPort, `Convex "${name}"`],
      [convexSitePort, `the HTTP actions of Convex "${name}"`],
    ]),
  ];
  for (const [port, purpose] of wanted) {
    const refusal = await refusalUntil(limit, port, "127.0.0.1");
    if (refusal) throw unusable(port, purpose, refusal);
  }
  // Browsers may ask ::1 first for "localhost", so another program there would hide the app.
  if ((await refusalUntil(limit, addresses.appPort, "::1")) === "EADDRINUSE") {
    throw unusable(addresses.appPort, "the app", "EADDRINUSE");
  }
}

function unusable(port: number, purpose: string, code: string): Problem {
  const why = code === "EACCES" ? "may not be opened by this user" : "is already in use";
  return new Problem(
    `Port ${port}, which ${purpose} needs, ${why}; choose another app port with --port.`,
  );
}

/** What `tryToListen` says, asked again until `limit` (epoch ms) while the port is in use. */
async function refusalUntil(limit: number, port: number, host: string): Promise<string> {
  for (;;) {
    const refusal = await tryToListen(port, host);
    if (refusal !== "EADDRINUSE" || Date.now() >= limit) return refusal;
    await sleep(50);
  }
}

/** The error code of listening there for a moment, or "" when it works. */
function tryToListen(port: number, host: string): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(errorCode(error)));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve("")));
  });
}
