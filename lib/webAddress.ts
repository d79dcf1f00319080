import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";

/**
 * The address of a website, as forms take it: http or https only, so that a link to it can do
 * nothing else. Empty text stands for none; "company.com" gets its scheme.
 */
export function webAddress(what: string) {
  return z
    .string()
    .trim()
    .max(TEXT_LIMITS.website, `${what} can have at most ${TEXT_LIMITS.website} characters.`)
    .transform(withScheme)
    .refine(
      (address) => address === "" || isWebsite(address),
      "Enter a web address, such as https://www.company.com.",
    );
}

/** "company.com" is a web address to everybody but a browser. */
function withScheme(address: string): string {
  return address === "" || /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
}

function isWebsite(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  return /^https?:$/.test(protocol) && hostname.includes(".") && username === "";
}
