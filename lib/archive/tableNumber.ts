/** Crockford's base32, in which Convex writes its ids. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * The number of the table that an id of Convex begins with (little-endian, seven bits a byte), by
 * which a snapshot names its tables; null for what is no such id.
 */
export function tableNumberOf(id: string): number | null {
  if (id.length < 31 || id.length > 37) return null;
  let buffer = 0;
  let bits = 0;
  let number = 0;
  let shift = 0;
  for (const character of id.slice(0, 8)) {
    const digit = ALPHABET.indexOf(character);
    if (digit === -1) return null;
    buffer = ((buffer << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (buffer >> bits) & 0xff;
    number += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return number;
    shift += 7;
  }
  return null;
}
