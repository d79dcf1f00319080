import { api, internal } from "../../../convex/_generated/api.js";
import {
  ensureAccount,
  ensureColleague,
  ensureInvitation,
  ensureStaff,
  type LocalStack,
} from "../localAccounts.ts";
import { Problem } from "../problem.ts";
import { runInternal } from "../runInternal.ts";
import { DEMO_COMPANIES, DEMO_PASSWORD, DEMO_STAFF, type DemoCompany } from "./companies.ts";

const PAGE_SIZE = 100;

/**
 * Creates the demo companies through the same doors that customers use, so their data is exactly as
 * real. What is there already stays, so a seeding that was killed half-way is finished by the next.
 */
export async function seedDemo(stack: LocalStack, shards: LocalStack[]): Promise<void> {
  const [east] = shards;
  for (const company of DEMO_COMPANIES) {
    const isElsewhere =
      east !== undefined &&
      company.plan === "starter" &&
      (await placeAtEast(stack, company.admin.email));
    await seedCompany(isElsewhere ? east : stack, company);
  }
  const staff = { ...DEMO_STAFF, password: DEMO_PASSWORD, level: "owner" } as const;
  for (const deployment of [stack, ...shards]) await ensureStaff(deployment, staff);
}

/** Whether a company will live on the second deployment: one does, so that both have something to show. */
async function placeAtEast(home: LocalStack, email: string): Promise<boolean> {
  const placing = runInternal(home, "action", internal.placements.place, { email, shard: "east" });
  // Refused once the company is at home.
  return await placing.then(
    () => true,
    () => false,
  );
}

async function seedCompany(stack: LocalStack, company: DemoCompany): Promise<void> {
  const account = await ensureAccount(stack, {
    companyName: company.companyName,
    plan: company.plan,
    ...company.admin,
    password: DEMO_PASSWORD,
  });
  for (const colleague of company.colleagues ?? []) {
    await ensureColleague(stack, account, { ...colleague, password: DEMO_PASSWORD });
  }
  for (const { email, roles } of company.invited ?? []) {
    await ensureInvitation(account, email, roles);
  }
  const client = await account.convex();
  const stages = await client.query(api.pipelineStages.list, {});
  const existing = await client.query(api.projects.list, {
    paginationOpts: { numItems: PAGE_SIZE, cursor: null },
  });
  const names = new Set(existing.page.map((project) => project.name));
  for (const { stage: stageName, ...project } of company.projects) {
    if (names.has(project.name)) continue;
    const stage = stages.find(({ name }) => name === stageName);
    if (!stage) throw new Problem(`The demo data names a stage "${stageName}" that is not there.`);
    await client.mutation(api.projects.create, { ...project, stageId: stage._id });
  }
  // As an open browser does, so that staff see the company's figures from the start.
  await client.mutation(api.presence.beat, {});
}
