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
};

const CONVEX = 210;
const CONVEX_SITE = 211;
const CLERK = 400;
const MAIL = 401;
const STRIPE = 402;
export const HIGHEST_APP_PORT = 65_535 - STRIPE;

export function addressesFor(appPort: number): Addresses {
  const at = (port: number) => `http://127.0.0.1:${port}`;
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
