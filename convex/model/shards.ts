import { HOME, readShards, type Shard } from "../../lib/shards";
import { shardSealHeaders } from "../../lib/shardSeal";

/** Which deployment this is, and how it calls the others (docs/shards.md). */

/** This deployment's name. */
export function ownShard(): string {
  return process.env.SHARD_NAME || HOME;
}

export function isHome(): boolean {
  return ownShard() === HOME;
}

/** The names of the other deployments; none where there is one only. */
export function otherShards(): string[] {
  return readShards(process.env.SHARDS).map(({ name }) => name);
}

/** How long another deployment may take to answer, in milliseconds. */
const TIMEOUT_MS = 20_000;

/** The doors of a deployment for the others (webhooks/shards.ts). */
export const SHARD_DOORS = {
  event: "/shards/event",
  joined: "/shards/joined",
  placement: "/shards/placement",
} as const;

/**
 * Asks another deployment, and gives its answer. For actions. Throws when it is not known, cannot be
 * reached or does not answer 200: whoever called tries again.
 */
export async function askShard(
  name: string,
  door: keyof typeof SHARD_DOORS,
  question: object,
): Promise<unknown> {
  const shard: Shard | undefined = readShards(process.env.SHARDS).find(
    (each) => each.name === name,
  );
  if (shard === undefined) throw new Error(`SHARDS names no deployment "${name}".`);
  const secret = process.env.SHARD_SECRET;
  if (!secret) throw new Error("SHARD_SECRET is not set.");
  const path = SHARD_DOORS[door];
  const body = JSON.stringify(question);
  const response = await fetch(shard.siteUrl + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(await shardSealHeaders(secret, { to: name, path, body }, Date.now())),
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return (await response.json()) as unknown;
  throw new Error(`The deployment "${name}" answered ${response.status}.`);
}
