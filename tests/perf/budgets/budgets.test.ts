import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BESIDE_THE_PAGE, budgetOf, LIST_RANGES, OWN_BUDGETS } from "../../../lib/budgets.ts";
import { overlaps } from "../../../local/convex/store/readset.ts";
import { CASES } from "../../isolation/cases.ts";
import { registeredFunctions } from "../../isolation/functions.ts";
import { addCompany, type Company, FIRST, sampleCompany } from "./companies.ts";
import { Deployment } from "./deployment.ts";
import { grow } from "./growth.ts";
import { costIn, measure, type Measured } from "./measured.ts";

/**
 * Generated: every public function, called alone on the deployment with 100 rows in each table of
 * the company, then among 1,000 companies, then with 10,000 rows in each table.
 */

const COMPANIES = 1_000;
const FEW = 100;
const MANY = 10_000;

/** Functions that list the companies themselves. */
const PAGES_OF_COMPANIES = ["staff/tenants:list"];

const functions = (await registeredFunctions()).filter(
  ({ visibility, kind }) => visibility === "public" && (kind === "query" || kind === "mutation"),
);
const lists = functions.filter(
  ({ args }) => args?.type === "object" && "paginationOpts" in args.value,
);

/** Those of the companies' own people: staff look at all companies, so they do wait for each other. */
const ofCompanies = functions.filter(({ path }) => !CASES[path]?.gate.startsWith("staff:"));

let deployment: Deployment;
let north: Company;
let south: Company;
let alone: Measured;
let amongMany: Measured;
let grown: Measured;
let southern: Measured;

beforeAll(async () => {
  const sample = await sampleCompany();
  deployment = await Deployment.open();
  const add = async (from: number, to: number) => {
    const added: Company[] = [];
    await deployment.write((tx) => {
      for (let number = from; number < to; number++) added.push(addCompany(tx, sample, number));
    });
    return added;
  };
  [north] = (await add(FIRST, FIRST + 1)) as [Company];
  await deployment.write((tx) => grow(tx, north, { before: 0, size: FEW }));
  alone = await measure(deployment, functions, north);
  [south] = (await add(FIRST + 1, COMPANIES)) as [Company];
  amongMany = await measure(deployment, functions, north);
  southern = await measure(deployment, functions, south);
  await deployment.write((tx) => grow(tx, north, { before: FEW, size: MANY }));
  grown = await measure(deployment, functions, north);
}, 600_000);
afterAll(() => deployment.close());

describe.each(functions)("$path", ({ path, kind }) => {
  it("costs the same among a thousand companies as alone", () => {
    // A page of companies is full when there are many; how much it reads then is asked below.
    if (PAGES_OF_COMPANIES.includes(path)) {
      expect(figures(amongMany, path).indexRanges).toBe(figures(alone, path).indexRanges);
    } else expect(figures(amongMany, path)).toEqual(figures(alone, path));
  });

  it("stays within its budget", () => {
    const budget = budgetOf(path, kind as "query" | "mutation");
    const { documents, indexRanges } = figures(grown, path);
    expect(documents).toBeLessThanOrEqual(budget.documents);
    expect(indexRanges).toBeLessThanOrEqual(budget.indexRanges);
  });
});

describe.each(functions.filter((fn) => !lists.includes(fn)))("$path", ({ path }) => {
  it("reads no more when the company has ten thousand rows instead of a hundred", () => {
    const { documents, indexRanges } = OWN_BUDGETS[path] ?? figures(amongMany, path);
    const many = figures(grown, path);
    expect(many.documents).toBeLessThanOrEqual(documents);
    expect(many.indexRanges).toBeLessThanOrEqual(indexRanges);
  });
});

it.each(lists)("$path reads its page and little else", ({ path }) => {
  const { paginationOpts } = CASES[path]!.args(north.tenant) as {
    paginationOpts: { numItems: number };
  };
  const { documents, indexRanges } = figures(grown, path);
  expect(documents).toBeLessThanOrEqual(paginationOpts.numItems + BESIDE_THE_PAGE);
  expect(indexRanges).toBeLessThanOrEqual(LIST_RANGES);
});

describe("two companies at once", () => {
  it.each(ofCompanies.filter(({ kind }) => kind === "mutation"))(
    "$path of one conflicts with nothing that the other does",
    ({ path }) => {
      const { writes } = costIn(southern, path);
      const disturbed = ofCompanies.filter((other) =>
        overlaps(costIn(grown, other.path).reads, writes),
      );
      expect(disturbed.map((other) => other.path)).toEqual([]);
    },
  );

  it("would be found out if they did", () => {
    const { writes } = costIn(grown, "projects:update");
    expect(overlaps(costIn(grown, "projects:get").reads, writes)).toBe(true);
    expect(overlaps(costIn(grown, "activity:recent").reads, writes)).toBe(true);
  });
});

it("declares no budget for a function that is gone", () => {
  const known = new Set(functions.map(({ path }) => path));
  expect(Object.keys(OWN_BUDGETS).filter((path) => !known.has(path))).toEqual([]);
});

function figures(measured: Measured, path: string) {
  const { documentsRead, indexRanges } = costIn(measured, path);
  return { documents: documentsRead, indexRanges };
}
