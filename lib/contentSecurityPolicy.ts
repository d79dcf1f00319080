export type PolicyOptions = {
  /** Random for every document; scripts and style elements carry it. */
  nonce: string;
  /** Origin of the Convex deployment. */
  convexUrl: string;
  /** Origins of the other deployments, if there are any. */
  shardUrls?: readonly string[];
  /** Origin of Clerk's Frontend API when the browser calls it directly; absent behind our proxy. */
  clerkOrigin?: string | undefined;
  /** The page came over https, so nothing in it may be fetched without. */
  https: boolean;
  /** `next dev` evaluates strings for its stack traces and injects styles without a nonce. */
  development: boolean;
};

/**
 * The Content-Security-Policy of every page. Scripts run by nonce only; what they load
 * themselves (chunks, Clerk, its bot check) is trusted through 'strict-dynamic'.
 */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const { nonce, convexUrl, shardUrls = [], clerkOrigin, https, development } = options;
  const convexUrls = [convexUrl, ...shardUrls];
  const directives: Record<string, (string | false | undefined)[]> = {
    "default-src": ["'self'"],
    "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'", development && "'unsafe-eval'"],
    "style-src": ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // Mantine sets its CSS variables in style attributes, also in the HTML from the server.
    "style-src-attr": ["'unsafe-inline'"],
    "connect-src": ["'self'", ...convexUrls, ...convexUrls.map(webSocketOrigin), clerkOrigin],
    "img-src": ["'self'", "data:", "blob:", "https://img.clerk.com"],
    "font-src": ["'self'"],
    // Clerk renews session tokens in a worker made from a blob.
    "worker-src": ["'self'", "blob:"],
    // Clerk's bot check at sign-up.
    "frame-src": ["https://challenges.cloudflare.com"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    ...(https ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources.filter(Boolean)].join(" "))
    .join("; ");
}

/**
 * The policy of the campaigns' public forms (lib/leadForm), the only pages that may stand in a
 * frame on another site: they hold no session and run no script at all.
 */
export function leadFormPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors *",
  ].join("; ");
}

function webSocketOrigin(url: string): string {
  return url.replace(/^http/, "ws");
}
