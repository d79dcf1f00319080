/**
 * Deployments among which companies are spread: "home", which Clerk, Stripe and Resend call and
 * which knows who lives elsewhere, and any number of others of the same code. docs/shards.md.
 */

export const HOME = "home";

/** The cookie with the deployment that the staff's console looks at. */
export const CONSOLE_COOKIE = "sunup_console";

export type Shard = {
  /** Its SHARD_NAME. */
  name: string;
  /** Origins: of queries and mutations, and of HTTP actions. */
  convexUrl: string;
  siteUrl: string;
};

/** A deployment's name: what SHARD_NAME may be. */
export const SHARD_NAME = /^[a-z][a-z0-9]{0,19}$/;

/**
 * The deployments in a variable SHARDS: `east=https://a.convex.cloud|https://a.convex.site`, and
 * more of them behind commas. Without one there are none. Throws on anything else; the message
 * does not repeat it.
 */
export function readShards(text: string | undefined): Shard[] {
  const shards = (text ?? "").split(",").flatMap((part) => {
    if (part.trim() === "") return [];
    const [, name, convexUrl, siteUrl] = /^\s*([^=\s]+)=([^|\s]+)\|([^|\s]+)\s*$/.exec(part) ?? [];
    if (!name || !SHARD_NAME.test(name)) throw new Error(SHARDS_EXPECTED);
    return [{ name, convexUrl: originOf(convexUrl), siteUrl: originOf(siteUrl) }];
  });
  if (new Set(shards.map(({ name }) => name)).size < shards.length) {
    throw new Error(SHARDS_EXPECTED);
  }
  return shards;
}

/** What SHARDS must be, for messages. */
export const SHARDS_EXPECTED =
  "SHARDS must list deployments as name=<address of Convex>|<address of its HTTP actions>, separated by commas, each name once";

function originOf(address: string | undefined): string {
  const url = URL.parse(address ?? "");
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Error(SHARDS_EXPECTED);
  return url.origin;
}
