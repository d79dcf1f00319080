/**
 * The cookies by which a browser is known. Cookies ignore ports, so every name also exists with the
 * instance's suffix; that keeps two local stacks on one host apart.
 */
import type { Clerk } from "./clerk.ts";

/** In seconds. */
const YEAR = 365 * 24 * 60 * 60;

/** The secret cookie that names the browser. Only this server reads it, so only its own name is used. */
export const clientCookieName = (clerk: Clerk): string => `__client_${clerk.cookieSuffix}`;

export function clientCookie(clerk: Clerk, token: string): string {
  return `${clientCookieName(clerk)}=${token}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly`;
}

/** Tells Clerk's SDKs since when somebody is signed in (seconds since 1970); 0 for nobody. */
export function signedInSinceCookies(clerk: Clerk, seconds: number): string[] {
  return bothNames(clerk, "__client_uat", String(seconds), YEAR);
}

/** The session token for the app's own server; empty to remove it. */
export function sessionCookies(clerk: Clerk, token: string): string[] {
  return bothNames(clerk, "__session", token, token === "" ? 0 : YEAR);
}

function bothNames(clerk: Clerk, name: string, value: string, maxAge: number): string[] {
  return [name, `${name}_${clerk.cookieSuffix}`].map(
    (cookie) => `${cookie}=${value}; Path=/; Max-Age=${maxAge}; SameSite=Lax`,
  );
}
