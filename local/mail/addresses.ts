/** E-mail addresses as Resend takes them: `email@example.com` or `Name <email@example.com>`. */

const LOCAL_PART = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+";
const DOMAIN = '[^\\s@<>()\\[\\],;:"\\\\.]+(?:\\.[^\\s@<>()\\[\\],;:"\\\\.]+)+';
const BARE = new RegExp(`^${LOCAL_PART}@${DOMAIN}$`);
const NAMED = new RegExp(`^[^<>\\r\\n]*<(${LOCAL_PART}@${DOMAIN})>$`);

/** The bare address in lower case, or null when it is none. */
export function bareAddress(address: string): string | null {
  const trimmed = address.trim();
  const bare = BARE.test(trimmed) ? trimmed : NAMED.exec(trimmed)?.[1];
  return bare?.toLowerCase() ?? null;
}

/** What tells addresses apart: the bare one, or the text itself when it is none. */
export function addressKey(address: string): string {
  return bareAddress(address) ?? address.trim().toLowerCase();
}
