/** Fewer digits name no telephone that could be called from elsewhere. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/**
 * One spelling for every telephone number, so that two of the same person compare equal:
 * "(512) 555-0100 ext. 4" -> "+15125550100". A number without a country is taken for one of the
 * United States. Null when the text is no telephone number.
 */
export function normalizePhone(text: string): string | null {
  const withoutExtension = text.replace(/\s*(?:ext\.?|extension|x|#)\s*\d+\s*$/i, "");
  const digits = withoutExtension.normalize("NFKC").replace(/\D/g, "");
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return null;
  if (/^\s*(?:\+|00)/.test(withoutExtension)) return `+${digits.replace(/^00/, "")}`;
  if (digits.length === 10) return `+1${digits}`;
  return digits.length === 11 && digits.startsWith("1") ? `+${digits}` : digits;
}
