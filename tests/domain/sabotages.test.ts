import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SABOTAGES } from "../isolation/sabotages.ts";

/** `npm run test:sabotage` takes minutes, so it runs seldom; that its list is up to date is told here. */
describe("the sabotage", () => {
  it.each(SABOTAGES)("$what: finds its guard in $file", ({ file, remove }) => {
    const source = readFileSync(join(import.meta.dirname, "../..", file), "utf8");
    const hits = source.split(remove).length - 1;
    expect(
      hits,
      `say in tests/isolation/sabotages.ts where this guard is now: ${remove}`,
    ).toBeGreaterThan(0);
  });
});
