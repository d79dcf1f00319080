import type { ConvexHttpClient } from "convex/browser";
import { api } from "../../convex/_generated/api.js";
import { DEMO_PASSWORD } from "../launcher/demo/companies.ts";
import { type Account, ensureAccount, type LocalStack } from "../launcher/localAccounts.ts";
import { sampleProject } from "./sampleProjects.ts";

/** Companies that are made at the same time. */
const AT_ONCE = 6;
/** Projects of every company but the first. */
const FEW_PROJECTS = 3;
/** A token lasts a minute. */
const TOKEN_MS = 30_000;

export type Amounts = { tenants: number; projects: number };
export type Progress = (done: Amounts) => void;

/**
 * Sees to it that there are so many sample companies, the first with so many projects. All through
 * the doors that customers use, so the data is exactly as real; what is there already counts.
 */
export async function fill(
  stack: LocalStack,
  { tenants, projects }: Amounts,
  onProgress: Progress,
): Promise<void> {
  const done = { tenants: 0, projects: 0 };
  const company = async (number: number) => {
    const account = await ensureAccount(stack, {
      companyName: `Sample Solar ${number}`,
      plan: "pro",
      name: "Robin Sample",
      email: sampleEmail(number),
      password: DEMO_PASSWORD,
    });
    done.tenants += 1;
    onProgress(done);
    await addProjects(account, number === 1 ? projects : FEW_PROJECTS, (count) => {
      if (number !== 1) return;
      done.projects = count;
      onProgress(done);
    });
  };
  const numbers = Array.from({ length: tenants }, (_, index) => index + 1).values();
  const worker = async () => {
    for (const number of numbers) await company(number);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The address of a sample company's administrator, with which one signs in. */
export function sampleEmail(number: number): string {
  return `sample-${number}+clerk_test@sample.example`;
}

/** Projects are numbered from 1 in every company, so the newest one says how many there are. */
async function addProjects(
  account: Account,
  wanted: number,
  onProgress: (count: number) => void,
): Promise<void> {
  let client: ConvexHttpClient = await account.convex();
  let renewAt = Date.now() + TOKEN_MS;
  const stages = await client.query(api.pipelineStages.list, {});
  const { page } = await client.query(api.projects.list, {
    paginationOpts: { numItems: 1, cursor: null },
  });
  for (let number = (page[0]?.number ?? 0) + 1; number <= wanted; number++) {
    if (Date.now() > renewAt) {
      client = await account.convex();
      renewAt = Date.now() + TOKEN_MS;
    }
    const stage = stages[number % stages.length];
    await client.mutation(api.projects.create, { ...sampleProject(number), stageId: stage?._id });
    onProgress(number);
  }
}
