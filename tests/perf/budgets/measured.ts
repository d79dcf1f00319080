import { staffPerson } from "../../support/staff.ts";
import { CASES, staffLevelOf } from "../../isolation/cases.ts";
import type { RegisteredFunction } from "../../isolation/functions.ts";
import { type Company, STAFF_LEVEL } from "./companies.ts";
import type { Cost, Deployment } from "./deployment.ts";

/** What each function cost, or the error with which it failed. */
export type Measured = Map<string, Cost | Error>;

/**
 * Calls every function with the arguments of tests/isolation/cases.ts: as the company's
 * administrator, or as Sunup's staff where that is whom the function is for.
 */
export async function measure(
  deployment: Deployment,
  functions: readonly RegisteredFunction[],
  { tenant }: Company,
): Promise<Measured> {
  const measured: Measured = new Map();
  for (const fn of functions) {
    try {
      const found = CASES[fn.path];
      if (found === undefined) throw new Error("tests/isolation/cases.ts has no entry for it.");
      const user = staffLevelOf(found.gate) === null ? tenant.admin : staffPerson(STAFF_LEVEL);
      measured.set(fn.path, await deployment.costOf(fn, found.args(tenant), user));
    } catch (error) {
      measured.set(fn.path, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return measured;
}

/** What that function cost. Throws what it failed with. */
export function costIn(measured: Measured, path: string): Cost {
  const cost = measured.get(path);
  if (cost === undefined) throw new Error(`${path} was not measured.`);
  if (cost instanceof Error) throw cost;
  return cost;
}
