import { api, internal } from "../../convex/_generated/api.js";
import { DEMO_PASSWORD } from "../launcher/demo/companies.ts";
import { type Account, ensureAccount, type LocalStack } from "../launcher/localAccounts.ts";
import { Problem } from "../launcher/problem.ts";
import { runInternal } from "../launcher/runInternal.ts";
import { sampleProject } from "./sampleProjects.ts";

/** Companies that are made at the same time. */
const AT_ONCE = 6;
/** Projects of every company but the first. */
const FEW_PROJECTS = 3;
/** Projects that one call adds. */
const BATCH = 50;

export type Amounts = { tenants: number; projects: number };
export type Progress = (done: Amounts) => void;

/**
 * Sees to it that there are so many sample companies, the first with so many projects. Companies sign
 * up as customers do; projects are added as an operator may, since no member's rate limit lets so
 * many through. What is there already counts.
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
    await addProjects(stack, account, number === 1 ? projects : FEW_PROJECTS, (count) => {
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
  stack: LocalStack,
  account: Account,
  wanted: number,
  onProgress: (count: number) => void,
): Promise<void> {
  const client = await account.convex();
  const { tenant, member } = await client.query(api.members.me, {});
  if (member === null) throw new Problem("Who signed up is no member of the company.");
  const stages = await client.query(api.pipelineStages.list, {});
  const { page } = await client.query(api.projects.list, {
    paginationOpts: { numItems: 1, cursor: null },
  });
  for (let next = (page[0]?.number ?? 0) + 1; next <= wanted; next += BATCH) {
    const count = Math.min(BATCH, wanted - next + 1);
    const projects = Array.from({ length: count }, (_, index) => ({
      ...sampleProject(next + index),
      stageId: stages[(next + index) % stages.length]?._id,
    }));
    const args = { tenantId: tenant._id, memberId: member._id, projects };
    await runInternal(stack, "mutation", internal.sampleProjects.add, args);
    onProgress(next + count - 1);
  }
}
