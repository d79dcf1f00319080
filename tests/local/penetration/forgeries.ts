/** Tokens that Clerk did not give to whoever shows them. */
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { exportJWK, SignJWT, type JWTHeaderParameters, type JWTPayload } from "jose";
import type { Company, Target } from "./target.ts";

const STRANGER = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Each forged token for `victim`, by what is wrong with it. All but the named thing is right. */
export async function forgedTokens(
  { clerk, clerkClient, signingKey }: Target,
  victim: Company,
  attacker: Company,
): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const claims: JWTPayload = {
    iss: clerk.issuer,
    aud: "convex",
    sub: victim.userId,
    iat: now,
    nbf: now - 10,
    exp: now + 60,
    email: victim.email,
    email_verified: true,
  };
  const header: JWTHeaderParameters = { alg: "RS256", kid: signingKey.keyId, typ: "JWT" };
  const key = createPrivateKey(signingKey.privateKeyPem);
  const sign = (
    change: JWTPayload = {},
    headers: Partial<JWTHeaderParameters> = {},
    by: KeyObject = key,
  ) => signed({ ...claims, ...change }, { ...header, ...headers }, by);

  const real = await victim.token();
  const [realHeader = "", , realSignature = ""] = real.split(".");
  const own = await attacker.token();
  const [ownHeader = "", ownClaims = "", ownSignature = ""] = own.split(".");
  const asVictim = { ...decoded(ownClaims), sub: victim.userId };
  const session = await clerkClient.sessions.getToken(victim.sessionId);
  const { aud: _aud, ...withoutAudience } = claims;
  const { exp: _exp, ...withoutEnd } = claims;
  const jwk = await exportJWK(STRANGER.publicKey);

  return {
    "algorithm none": `${encoded({ ...header, alg: "none" })}.${encoded(claims)}.`,
    "algorithm None, with the signature of another token": `${encoded({ ...header, alg: "None" })}.${encoded(claims)}.${realSignature}`,
    "the public key used as a shared secret": sharedSecret(claims, header, key),
    "another key under the right name": await sign({}, {}, STRANGER.privateKey),
    "another key under another name": await sign({}, { kid: "ins_other" }, STRANGER.privateKey),
    "another key, sent along in the header": await sign({}, { jwk }, STRANGER.privateKey),
    "another issuer": await sign({ iss: "https://clerk.evil.example" }),
    "another issuer that begins alike": await sign({ iss: `${clerk.issuer}.evil.example` }),
    "no issuer": await sign({ iss: undefined }),
    "another audience": await sign({ aud: "other-app" }),
    "an audience that begins alike": await sign({ aud: "convex.evil" }),
    "no audience": await signed(withoutAudience, header, key),
    expired: await sign({ iat: now - 120, nbf: now - 120, exp: now - 1 }),
    "not valid yet": await sign({ nbf: now + 3600, exp: now + 7200 }),
    "no end": await signed(withoutEnd, header, key),
    "no subject": await sign({ sub: undefined }),
    truncated: real.slice(0, -5),
    "without its signature": real.split(".").slice(0, 2).join("."),
    "an empty signature": `${real.split(".").slice(0, 2).join(".")}.`,
    "the attacker's own, with the victim's name": `${ownHeader}.${encoded(asVictim)}.${ownSignature}`,
    "the victim's claims, with the attacker's signature": `${realHeader}.${encoded(claims)}.${ownSignature}`,
    "a session token of Clerk's instead of one for Convex": session.jwt,
    garbage: "garbage",
    "three parts of garbage": "a.b.c",
    "a name only": victim.userId,
    "the secret key of Clerk's back end": clerk.secretKey,
    "a megabyte": "a".repeat(1024 * 1024),
  };
}

function signed(claims: JWTPayload, header: JWTHeaderParameters, key: KeyObject): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}

/** The public key is known to everybody; a careless verifier takes it for an HMAC secret. */
function sharedSecret(claims: JWTPayload, header: JWTHeaderParameters, key: KeyObject): string {
  const pem = createPublicKey(key).export({ type: "spki", format: "pem" });
  const content = `${encoded({ ...header, alg: "HS256" })}.${encoded(claims)}`;
  return `${content}.${createHmac("sha256", pem).update(content).digest("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function decoded(part: string): object {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as object;
}
