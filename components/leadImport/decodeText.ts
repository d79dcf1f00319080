/** Looked at to tell text from anything else. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * The text of a file, or null when it is no text: UTF-8 with or without a mark, UTF-16 with one
 * as spreadsheets write "Unicode text", otherwise Windows-1252, as Excel writes "CSV".
 */
export function decodeText(bytes: Uint8Array<ArrayBuffer>): string | null {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder("windows-1252").decode(bytes);
    return /[\u0001-\u0008\u000e-\u001f]/.test(text.slice(0, SAMPLE_BYTES)) ? null : text;
  }
}
