import { globSync } from "node:fs";
import { dirname, join } from "node:path";

const APP = join(import.meta.dirname, "../../../app");

/** Every page of app/, as an address; a part that varies stands as "x". A new page is found by itself. */
export const PAGES = addresses("**/page.tsx");

/** Every route handler of app/. */
export const HANDLERS = addresses("**/route.ts");

/** Pages for everybody; all others ask to sign in. */
export const PUBLIC_PAGES = ["/", "/forgot-password", "/join", "/pricing", "/sign-in", "/signup"];

function addresses(pattern: string): string[] {
  return globSync(pattern, { cwd: APP })
    .map((file) => {
      const parts = dirname(file).split("/");
      const shown = parts.filter((part) => part !== "." && !part.startsWith("("));
      return `/${shown.map((part) => part.replace(/^\[.*\]$/, "x")).join("/")}`;
    })
    .sort();
}
