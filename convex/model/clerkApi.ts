/**
 * Clerk's back-end API (clerk.com/docs/reference/backend-api). Plain fetch: Clerk's SDK
 * would make every function of the deployment heavier.
 */

const DEFAULT_API_URL = "https://api.clerk.com";

/** Clerk answered, and said no: asking the same again will not help soon. */
export class ClerkRefused extends Error {
  override name = "ClerkRefused";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Throws ClerkRefused for an answer of 4xx other than "too many requests", otherwise Error. */
export async function callClerk(
  method: string,
  path: string,
  body: object | undefined,
  signal: AbortSignal,
) {
  const secretKey = process.env.CLERK_SECRET_KEY;
  if (!secretKey) throw new Error("CLERK_SECRET_KEY is not set on the Convex deployment.");
  const response = await fetch((process.env.CLERK_API_URL || DEFAULT_API_URL) + path, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
    signal,
  });
  if (response.ok) return (await response.json()) as unknown;
  const text = (await response.text()).slice(0, 500);
  const refused = response.status >= 400 && response.status < 500 && response.status !== 429;
  const message = `Clerk answered ${response.status}: ${text}`;
  throw refused ? new ClerkRefused(response.status, message) : new Error(message);
}
