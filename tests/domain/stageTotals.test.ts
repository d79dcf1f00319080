import fc from "fast-check";
import { expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

/** What each stage of a company holds, counted from its projects. */
async function counted(t: Backend, { tenantId }: TestTenant) {
  return await t.run(async ({ db }) => {
    const totals: Record<string, { projects: number; kw: number; cents: number }> = {};
    for (const project of await db.query("projects").collect()) {
      if (project.tenantId !== tenantId || project.archived) continue;
      const stage = (totals[project.stageId] ??= { projects: 0, kw: 0, cents: 0 });
      stage.projects += 1;
      stage.kw += project.systemSizeKw ?? 0;
      stage.cents += project.contractPriceCents ?? 0;
    }
    return totals;
  });
}

/** The same as it is kept, without stages that are empty. */
async function kept(t: Backend, { tenantId }: TestTenant) {
  return await t.run(async ({ db }) => {
    const rows = await db.query("stageTotals").collect();
    return Object.fromEntries(
      rows
        .filter((row) => row.tenantId === tenantId && row.projects > 0)
        .map((row) => [
          row.stageId as string,
          { projects: row.projects, kw: row.systemSizeKw, cents: row.contractPriceCents },
        ]),
    );
  });
}

const step = fc.oneof(
  fc.record({ do: fc.constant("create" as const), stage: fc.nat(7), kw: fc.nat(20) }),
  fc.record({ do: fc.constant("move" as const), stage: fc.nat(7), project: fc.nat(5) }),
  fc.record({ do: fc.constant("size" as const), kw: fc.nat(20), project: fc.nat(5) }),
  fc.record({ do: fc.constant("archive" as const), project: fc.nat(5) }),
  fc.record({ do: fc.constant("restore" as const), project: fc.nat(5) }),
);

it("the totals of every stage are what its projects add up to, whatever is done to them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const t = backend();
      const north = await signUp(t, "north");
      const south = await signUp(t, "south");
      const untouched = await kept(t, south);
      const projects = [north.projectId];
      for (const each of steps) {
        const projectId = projects["project" in each ? each.project % projects.length : 0]!;
        const stageId = "stage" in each ? north.stages[each.stage]!._id : undefined;
        if (each.do === "create") {
          const fields = { name: "Roof", customerName: "Ana", contractPriceCents: each.kw * 7 };
          const size = each.kw === 0 ? {} : { systemSizeKw: each.kw };
          projects.push(
            await north.as.mutation(api.projects.create, { ...fields, ...size, stageId }),
          );
        } else if (each.do === "move") {
          // An archived project refuses to move; its totals must not follow either.
          await north.as
            .mutation(api.projects.moveToStage, { projectId, stageId: stageId! })
            .catch(() => {});
        } else if (each.do === "size") {
          const systemSizeKw = each.kw === 0 ? null : each.kw;
          await north.as.mutation(api.projects.update, { projectId, systemSizeKw });
        } else {
          await north.as.mutation(api.projects[each.do], { projectId });
        }
      }
      expect(await kept(t, north)).toEqual(await counted(t, north));
      expect(await kept(t, south)).toEqual(untouched);
    }),
    { numRuns: 15 },
  );
});

it("the timeline of a project tells who did what, before and after", async () => {
  const t = backend();
  const north = await signUp(t, "north");
  const south = await signUp(t, "south");
  const { projectId, stages } = north;
  const ofSouth = async () => {
    const lines = await t.run(async ({ db }) => await db.query("projectActivity").collect());
    return lines.filter(({ tenantId }) => tenantId === south.tenantId);
  };
  const southBefore = await ofSouth();
  const ofProject = async () => {
    const lines = await t.run(async ({ db }) => await db.query("projectActivity").collect());
    return lines.filter((line) => line.projectId === projectId);
  };
  const before = await ofProject();
  expect(before[0]).toMatchObject({ kind: "created" });
  await north.as.mutation(api.projects.moveToStage, { projectId, stageId: stages[1]!._id });
  await north.as.mutation(api.projects.update, { projectId, name: "New name", notes: null });
  await north.as.mutation(api.projects.update, { projectId, name: "New name" });
  await north.as.mutation(api.projects.archive, { projectId });
  expect((await ofProject()).slice(before.length)).toMatchObject([
    {
      kind: "moved",
      actor: { kind: "member", name: "Ada north", role: "System Administrator" },
      changes: [{ field: "stage", before: "Contract signed", after: "Site survey" }],
    },
    {
      kind: "changed",
      changes: [
        { field: "name", before: "Roof of north", after: "New name" },
        { field: "notes", before: "Secret of north", after: "" },
      ],
    },
    { kind: "archived" },
  ]);
  expect(await ofSouth()).toEqual(southBefore);
});
