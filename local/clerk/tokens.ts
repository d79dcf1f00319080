/** The tokens the local Clerk signs: session tokens, template tokens, invitation tickets. */
import { createPrivateKey, createPublicKey, randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { exportJWK, jwtVerify, SignJWT } from "jose";
import type { JSONWebKeySet } from "jose";
import type { ClerkKeys } from "./keys.ts";
import type { SessionRecord, UserRecord } from "./records.ts";

/** In seconds, as Clerk's. */
export const TOKEN_LIFETIME = 60;

/** Clerk's mark of a session token. Its SDKs refuse tokens with another mark as sessions. */
const SESSION_CATEGORY = "cl_B7d4PD111AAA";
const TEMPLATE_CATEGORY = "cl_B7d4PD222AAA";
const TICKET_CATEGORY = "cl_B7d4PD444AAA";

/** What each JWT template adds to the standard claims. */
const TEMPLATES: Record<string, (user: UserRecord) => Record<string, unknown>> = {
  convex: (user) => ({
    aud: "convex",
    email: user.email,
    email_verified: true,
    name: fullName(user),
  }),
};

export interface TokenRequest {
  session: SessionRecord;
  user: UserRecord;
  /** Origin of the page that asks (claim `azp`). */
  origin: string;
  template?: string;
  /** In seconds. */
  lifetime?: number;
}

export class Tokens {
  readonly #keyId: string;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #issuer: string;
  readonly #now: () => number;

  constructor(keys: ClerkKeys, issuer: string, now: () => number) {
    this.#keyId = keys.keyId;
    this.#privateKey = createPrivateKey(keys.privateKeyPem);
    this.#publicKey = createPublicKey(this.#privateKey);
    this.#issuer = issuer;
    this.#now = now;
  }

  hasTemplate(name: string): boolean {
    return Object.hasOwn(TEMPLATES, name);
  }

  /** A session token or, with `template`, a token for another service such as Convex. */
  async mint({
    session,
    user,
    origin,
    template,
    lifetime = TOKEN_LIFETIME,
  }: TokenRequest): Promise<string> {
    const now = Math.floor(this.#now() / 1000);
    const minutesVerified = Math.floor((this.#now() - session.verifiedAt) / 60_000);
    const claims = template
      ? TEMPLATES[template]?.(user)
      : { sid: session.id, sts: "active", v: 2, fva: [minutesVerified, -1] };
    return new SignJWT({ azp: origin, ...claims })
      .setProtectedHeader({
        alg: "RS256",
        kid: this.#keyId,
        typ: "JWT",
        cat: template ? TEMPLATE_CATEGORY : SESSION_CATEGORY,
      })
      .setIssuer(this.#issuer)
      .setSubject(user.id)
      .setIssuedAt(now)
      .setNotBefore(now - 10)
      .setExpirationTime(now + lifetime)
      .setJti(randomUUID().replaceAll("-", ""))
      .sign(this.#privateKey);
  }

  /** The ticket in an invitation's link. How long it is good for, the invitation itself knows. */
  async mintTicket(invitationId: string): Promise<string> {
    return new SignJWT({ st: "invitation" })
      .setProtectedHeader({ alg: "RS256", kid: this.#keyId, typ: "JWT", cat: TICKET_CATEGORY })
      .setIssuer(this.#issuer)
      .setSubject(invitationId)
      .sign(this.#privateKey);
  }

  /** The id of the invitation a ticket stands for, or null when the ticket was not signed here. */
  async readTicket(ticket: string): Promise<string | null> {
    try {
      const { payload } = await jwtVerify(ticket, this.#publicKey, { algorithms: ["RS256"] });
      return payload["st"] === "invitation" ? (payload.sub ?? null) : null;
    } catch {
      return null;
    }
  }

  /** The public key set others verify these tokens with. */
  async keySet(): Promise<JSONWebKeySet> {
    const jwk = await exportJWK(this.#publicKey);
    return { keys: [{ ...jwk, use: "sig", alg: "RS256", kid: this.#keyId }] };
  }
}

/** "Ada Lovelace", "Ada", or null when the user gave no name. */
export function fullName(user: Pick<UserRecord, "firstName" | "lastName">): string | null {
  return [user.firstName, user.lastName].filter(Boolean).join(" ") || null;
}
