const ELSEWHERE = "http://sunup.invalid";

/** Pages that make no sense as the place to land after signing in. */
const NEVER = ["/sign-in", "/signup", "/forgot-password", "/api/", "/__clerk"];

/**
 * Where to go after signing in: `wanted` when it is a path of this app, otherwise `fallback`.
 * Anything that a browser could read as another origin is refused, so a link to the sign-in
 * page cannot send people to a stranger's site.
 */
export function redirectTarget(wanted: string | null | undefined, fallback = "/dashboard"): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, ELSEWHERE)) return fallback;
  const url = new URL(wanted, ELSEWHERE);
  // "//host", "/\host" and "/<tab>/host" all resolve to another origin here, as in a browser.
  if (url.origin !== ELSEWHERE || url.pathname.startsWith("//")) return fallback;
  if (NEVER.some((path) => url.pathname === path || url.pathname.startsWith(withSlash(path)))) {
    return fallback;
  }
  return url.pathname + url.search + url.hash;
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}
