import { CASES } from "../../isolation/cases.ts";
import type { RegisteredFunction } from "../../isolation/functions.ts";
import type { Company } from "./companies.ts";
import type { Cost, Deployment } from "./deployment.ts";

/** What each function cost, or the error with which it failed. */
export type Measured = Map<string, Cost | Error>;

/** Calls every function as the company's administrator, with the arguments of tests/isolation/cases.ts. */
export async function measure(
  deployment: Deployment,
  functions: readonly RegisteredFunction[],
  { tenant }: Company,
): Promise<Measured> {
  const measured: Measured = new Map();
  for (const fn of functions) {
    try {
      const args = CASES[fn.path]?.args(tenant);
      if (args === undefined) throw new Error("tests/isolation/cases.ts has no entry for it.");
      measured.set(fn.path, await deployment.costOf(fn, args, tenant.admin));
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
