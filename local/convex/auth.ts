/**
 * Who a client is: the admin key, or a JWT of one of the providers in auth.config.ts, checked
 * against the provider's keys. Keys are fetched when first needed and again when a token names one
 * that is not known (at most once a second).
 */
import { timingSafeEqual } from "node:crypto";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import type { JSONValue } from "convex/values";
import type { AuthProvider } from "./functions/registry.ts";
import { ANONYMOUS, type Identity, type UserIdentity } from "./runtime/identity.ts";

/** A token that was refused. `code` is Convex's. */
export class AuthError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Claims that Convex shows under names of its own; others keep theirs. */
const RENAMED: Record<string, string> = {
  sub: "subject",
  iss: "issuer",
  given_name: "givenName",
  family_name: "familyName",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  email_verified: "emailVerified",
  birthdate: "birthday",
  zoneinfo: "timezone",
  locale: "language",
  phone_number: "phoneNumber",
  phone_number_verified: "phoneNumberVerified",
  updated_at: "updatedAt",
};
const NOT_SHOWN = new Set(["aud", "exp", "iat", "nbf", "jti"]);
/** For `nbf`; the end of a token is exact, here and later (identity.ts). */
const CLOCK_TOLERANCE_S = 5;
const KEY_COOLDOWN_MS = 1000;
/** Everything else that a client sends waits for its authentication. */
const DISCOVERY_TIMEOUT_MS = 5000;

export class Authenticator {
  readonly #adminKey: string;
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();
  #providers: readonly AuthProvider[] = [];

  constructor(adminKey: string) {
    this.#adminKey = adminKey;
  }

  deploy(providers: readonly AuthProvider[]): void {
    this.#providers = providers;
    this.#keys.clear();
  }

  /**
   * From an HTTP Authorization header: "Bearer <JWT>", "Convex <admin key>" or none.
   * @throws AuthError
   */
  async fromHeader(header: string | undefined): Promise<Identity> {
    if (header === undefined) return ANONYMOUS;
    const [scheme = "", value = ""] = header.split(/\s+/, 2);
    if (scheme.toLowerCase() === "bearer") return await this.fromToken(value);
    if (scheme.toLowerCase() === "convex") return this.fromAdminKey(value);
    throw new AuthError(
      "InvalidAuthHeader",
      "The Authorization header is neither Bearer nor Convex.",
    );
  }

  /**
   * "<admin key>" or "<admin key>:<base64 of the identity to act as>".
   * @throws AuthError
   */
  fromAdminKey(value: string, impersonating?: UserIdentity): Identity {
    const [key = "", encoded] = value.split(":", 2);
    const given = Buffer.from(key);
    const expected = Buffer.from(this.#adminKey);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new AuthError(
        "BadDeployKey",
        "The provided deploy key was invalid for this deployment.",
      );
    }
    const actingAs = impersonating ?? (encoded === undefined ? null : decodeIdentity(encoded));
    return { kind: "admin", actingAs };
  }

  /**
   * From a JWT.
   * @throws AuthError
   */
  async fromToken(token: string): Promise<Identity> {
    let claims: JWTPayload;
    try {
      claims = decodeJwt(token);
    } catch {
      throw new AuthError("InvalidAuthHeader", "Could not parse the token as a JWT.");
    }
    const provider = this.#providers.find((candidate) => matches(candidate, claims));
    if (provider === undefined) {
      const known = this.#providers.map(issuerOf).join(", ") || "none";
      throw new AuthError(
        "NoAuthProvider",
        `No auth provider found matching the given token (iss ${claims.iss}, aud ${String(claims.aud)}). ` +
          `Providers in auth.config: ${known}.`,
      );
    }
    const payload = await this.#verify(provider, token);
    if (typeof payload.sub !== "string" || typeof payload.iss !== "string") {
      throw new AuthError(
        "InvalidAuthHeader",
        "The token lacks a subject (sub) or an issuer (iss).",
      );
    }
    const expiresAtMs = payload.exp === undefined ? Infinity : payload.exp * 1000;
    return { kind: "user", user: identityOf(payload), token, expiresAtMs };
  }

  async #verify(provider: AuthProvider, token: string): Promise<JWTPayload> {
    try {
      const keys = await this.#keysOf(provider);
      const { payload } = await jwtVerify(token, keys, {
        clockTolerance: CLOCK_TOLERANCE_S,
        algorithms: "type" in provider ? [provider.algorithm] : ["RS256", "ES256", "EdDSA"],
        requiredClaims: ["exp"],
      });
      if (payload.exp! * 1000 <= Date.now()) throw new errors.JWTExpired("expired", payload);
      return payload;
    } catch (error) {
      if (error instanceof AuthError) throw error;
      if (error instanceof errors.JWTExpired) {
        throw new AuthError("InvalidAuthHeader", "Could not verify the token: it has expired.");
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new AuthError(
        "InvalidAuthHeader",
        `Could not verify the token of ${issuerOf(provider)}: ${reason}.`,
      );
    }
  }

  #keysOf(provider: AuthProvider): Promise<JWTVerifyGetKey> {
    const issuer = issuerOf(provider);
    let keys = this.#keys.get(issuer);
    if (keys === undefined) {
      keys = "type" in provider ? Promise.resolve(jwks(provider.jwks)) : discover(issuer);
      this.#keys.set(issuer, keys);
      keys.catch(() => this.#keys.delete(issuer)); // ask again with the next token
    }
    return keys;
  }
}

function decodeIdentity(encoded: string): UserIdentity {
  try {
    return JSON.parse(Buffer.from(encoded, "base64").toString()) as UserIdentity;
  } catch {
    throw new AuthError("InvalidAuthHeader", "The identity to act as is not base64 of JSON.");
  }
}

function matches(provider: AuthProvider, { iss, aud }: JWTPayload): boolean {
  if (withoutSlash(issuerOf(provider)) !== withoutSlash(iss ?? "")) return false;
  return provider.applicationID === undefined || [aud].flat().includes(provider.applicationID);
}

function issuerOf(provider: AuthProvider): string {
  if ("type" in provider) return provider.issuer;
  return /^https?:\/\//.test(provider.domain) ? provider.domain : `https://${provider.domain}`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${withoutSlash(issuer)}/.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(DISCOVERY_TIMEOUT_MS);
  const response = await fetch(url, { signal }).catch((error: Error) => {
    throw new AuthError("AuthProviderDiscoveryFailed", `Could not reach ${url}: ${error.message}.`);
  });
  if (!response.ok) {
    throw new AuthError("AuthProviderDiscoveryFailed", `${url} answered ${response.status}.`);
  }
  const { jwks_uri } = (await response.json()) as { jwks_uri?: string };
  if (jwks_uri === undefined) {
    throw new AuthError("AuthProviderDiscoveryFailed", `${url} names no jwks_uri.`);
  }
  return jwks(jwks_uri);
}

function jwks(url: string): JWTVerifyGetKey {
  if (!url.startsWith("data:"))
    return createRemoteJWKSet(new URL(url), { cooldownDuration: KEY_COOLDOWN_MS });
  const body = decodeURIComponent(url.slice(url.indexOf(",") + 1));
  const text = url.slice(0, url.indexOf(",")).endsWith(";base64")
    ? Buffer.from(body, "base64").toString()
    : body;
  return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
}

function identityOf(payload: JWTPayload): UserIdentity {
  const identity: UserIdentity = {
    tokenIdentifier: `${payload.iss}|${payload.sub}`,
    subject: payload.sub!,
    issuer: payload.iss!,
  };
  for (const [claim, value] of Object.entries(payload)) {
    if (NOT_SHOWN.has(claim)) continue;
    identity[RENAMED[claim] ?? claim] = value as JSONValue;
  }
  return identity;
}
