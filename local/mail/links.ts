/** Where a mail leads, each address once: those of its HTML, or of its text when it has no HTML. */
export function linksIn(html: string | null, text: string | null): string[] {
  const found = html
    ? [...html.matchAll(/\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map((match) =>
        decodeEntities(match[1] ?? match[2] ?? ""),
      )
    : [...(text ?? "").matchAll(/https?:\/\/[^\s<>"]{1,2000}/gi)].map(([url]) =>
        url.replace(/[.,;:!?)\]]+$/, ""),
      );
  return [...new Set(found.map((url) => url.trim()).filter(isWebAddress))];
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

const ENTITIES: Record<string, string> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };

/** Those that are written in addresses; others stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, dec, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? all;
    const code = dec === undefined ? parseInt(String(hex), 16) : Number(dec);
    return code <= 0x10ffff ? String.fromCodePoint(code) : String(all);
  });
}
