import { z } from "zod";
import { readShards } from "./shards.ts";

/**
 * The variables of the Next server. Read at run time, never while building, so that one
 * build serves any address and any keys. Convex functions have variables of their own.
 */
const webAddress = z.url({ protocol: /^https?$/, hostname: /./ });
const origin = webAddress.transform((address) => address.replace(/\/+$/, ""));

const PUBLISHABLE_KEY = /^pk_(?:live|test)_([A-Za-z0-9+/=]+)$/;

const schema = z.object({
  /** Convex deployment for queries, mutations and the WebSocket. */
  NEXT_PUBLIC_CONVEX_URL: origin,
  /** Convex deployment's HTTP actions; only the server calls it. */
  NEXT_PUBLIC_CONVEX_SITE_URL: origin,
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: z.string().refine((key) => clerkFrontendHost(key) !== null),
  CLERK_SECRET_KEY: z.string().regex(/^sk_(live|test)_.+$/),
  CLERK_WEBHOOK_SIGNING_SECRET: z.string().regex(/^whsec_[A-Za-z0-9+/=]{16,}$/),
  /** Lets the server verify session tokens without asking Clerk for its key. */
  CLERK_JWT_KEY: z
    .string()
    .transform((pem) => pem.replaceAll("\\n", "\n"))
    .refine((pem) => pem.includes("-----BEGIN PUBLIC KEY-----"))
    .optional(),
  /** Serve Clerk's Frontend API through this app, at /__clerk, or through a proxy elsewhere. */
  NEXT_PUBLIC_CLERK_PROXY_URL: z.union([z.literal("/__clerk"), origin]).optional(),
  CLERK_FAPI_URL: origin.optional(),
  CLERK_API_URL: origin.optional(),
  /** The deployments beside home, if companies are spread among several. */
  SHARDS: z
    .string()
    .transform((text, ctx) => {
      try {
        return readShards(text);
      } catch {
        ctx.addIssue({ code: "custom", message: "malformed" });
        return z.NEVER;
      }
    })
    .optional(),
});

export type ServerEnv = z.infer<typeof schema>;
type Variable = keyof ServerEnv;

const EXPECTED: Record<Variable, string> = {
  NEXT_PUBLIC_CONVEX_URL: "the address of the Convex deployment, starting with http:// or https://",
  NEXT_PUBLIC_CONVEX_SITE_URL:
    "the address of the Convex deployment's HTTP actions, starting with http:// or https://",
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY:
    "Clerk's publishable key, starting with pk_live_ or pk_test_, complete as Clerk shows it",
  CLERK_SECRET_KEY: "Clerk's secret key, starting with sk_live_ or sk_test_",
  CLERK_WEBHOOK_SIGNING_SECRET: "the signing secret of Clerk's webhook, starting with whsec_",
  CLERK_JWT_KEY: "Clerk's public JWT key in PEM form, or left out",
  NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk, the full address of a proxy, or left out",
  CLERK_FAPI_URL: "an address starting with http:// or https://, or left out",
  CLERK_API_URL: "an address starting with http:// or https://, or left out",
  SHARDS: "name=<address of Convex>|<address of its HTTP actions>, more behind commas, or left out",
};

/** Every variable that is missing or malformed, one sentence each in `message`. */
export class EnvError extends Error {
  override name = "EnvError";
}

/**
 * Reads and checks the variables in `source`; an empty one counts as missing.
 * Never repeats a value: some are secrets. Throws EnvError.
 */
export function readServerEnv(source: Record<string, string | undefined>): ServerEnv {
  const given = Object.fromEntries(
    Object.keys(EXPECTED).map((name) => [name, source[name]?.trim() || undefined]),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const wrong = new Set(result.error.issues.map((issue) => issue.path[0] as Variable));
  throw new EnvError(
    [...wrong]
      .map(
        (name) =>
          `${name} ${given[name] ? "is malformed" : "is missing"}: it must be ${EXPECTED[name]}.`,
      )
      .join("\n"),
  );
}

let cached: ServerEnv | undefined;

/** The checked variables of this server. Server only. Throws EnvError. */
export function serverEnv(): ServerEnv {
  cached ??= readServerEnv(process.env);
  return cached;
}

/** The host of Clerk's Frontend API that a publishable key names, or null if the key is not one. */
export function clerkFrontendHost(publishableKey: string): string | null {
  const encoded = PUBLISHABLE_KEY.exec(publishableKey)?.[1];
  if (!encoded) return null;
  try {
    const decoded = atob(encoded);
    const host = decoded.slice(0, -1);
    return decoded.endsWith("$") && host.includes(".") ? host : null;
  } catch {
    return null;
  }
}
