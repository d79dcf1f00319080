/**
 * Seals with which the Next server proves to itself (a form that it handed out) and to Convex (a
 * sending that it took) that nobody else wrote a text. Web Crypto only, which both have. The key
 * is made from a secret that both share already, for this purpose alone: a seal fits nothing else
 * that is signed with that secret.
 */

/** The seal of a text, as hexadecimal digits. */
export async function sealOf(secret: string, text: string): Promise<string> {
  const seal = await crypto.subtle.sign("HMAC", await keyFrom(secret), bytesOf(text));
  return [...new Uint8Array(seal)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** True when the seal is that of the text; takes the same time wherever it differs. */
export async function isSealOf(secret: string, text: string, seal: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(seal)) return false;
  const bytes = Uint8Array.from(seal.match(/../g) ?? [], (digits) => parseInt(digits, 16));
  return await crypto.subtle.verify("HMAC", await keyFrom(secret), bytes, bytesOf(text));
}

async function keyFrom(secret: string): Promise<CryptoKey> {
  const bytes = await crypto.subtle.digest("SHA-256", bytesOf(`sunup lead forms\n${secret}`));
  return await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
