import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { errorData } from "../../lib/errors.ts";
import {
  MAX_REQUIREMENTS,
  offeredRequirements,
  stageGate,
  type StageRequirement,
} from "../../lib/gates.ts";
import { MAX_COUNTED_TASKS } from "../../convex/model/tasks.ts";
import { MAX_PERMITS } from "../../lib/permits.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const [CONTRACT, , , PERMITTING, INSTALLATION, , PTO] = [0, 1, 2, 3, 4, 5, 6];
const page = { paginationOpts: { numItems: 10, cursor: null } };
const project = () => north.as.query(api.projects.get, { projectId: north.projectId });
const stageOf = async () => {
  const { stageId } = await project();
  return north.stages.findIndex(({ _id }) => _id === stageId);
};

function move(to: number, as: Pick<TestTenant["as"], "mutation"> = north.as) {
  const stageId = north.stages[to]!._id;
  return as.mutation(api.projects.moveToStage, { projectId: north.projectId, stageId });
}

function movePast(to: number, reason: string, as: Pick<TestTenant["as"], "mutation"> = north.as) {
  const stageId = north.stages[to]!._id;
  return as.mutation(api.projects.movePastGate, { projectId: north.projectId, stageId, reason });
}

async function missing(to: number) {
  const refused = errorData(
    await move(to).then(
      () => null,
      (thrown: unknown) => thrown,
    ),
  );
  return refused?.code === "GATE_NOT_MET" ? refused.missing : null;
}

async function approve(permitId = north.permitId, revision = 1) {
  const step = { kind: "approved", on: "2026-01-20" } as const;
  await north.as.mutation(api.permits.record, { permitId, revision, step });
}

async function ask(place: number, gate: StageRequirement[]) {
  const stages = await north.as.query(api.pipelineStages.editable, {});
  const { name, category, targetDays, revision, _id: stageId } = stages[place]!;
  await north.as.mutation(api.pipelineStages.update, {
    ...{ stageId, revision, name, category, targetDays, gate },
  });
}

const HOA: StageRequirement = { kind: "check", item: "hoaletter", label: "HOA letter received" };

describe("a stage's gate", () => {
  it("holds a job back until its permit is approved, and says how that stands", async () => {
    await move(PERMITTING);
    expect(await missing(INSTALLATION)).toEqual([
      {
        requirement: "Permit approved",
        state: "Permit of north: with City of north since Jan 2, 2026.",
        stage: "Permitting",
        place: "permits",
      },
    ]);
    expect(await stageOf()).toBe(PERMITTING);
    await approve();
    await move(INSTALLATION);
    expect(await stageOf()).toBe(INSTALLATION);
  });

  it("counts on the way of a leap, too: all that is passed over is asked for", async () => {
    expect((await missing(PTO))?.map(({ stage }) => stage)).toEqual(["Permitting", "Inspection"]);
    await approve();
    expect((await missing(PTO))?.map(({ state }) => state)).toEqual(["No interconnection yet."]);
    expect(await stageOf()).toBe(CONTRACT);
  });

  it("asks for every permit, not for one of them", async () => {
    await approve();
    const { projectId } = north;
    const add = { projectId, kind: "permit", title: "Electrical" } as const;
    const second = await north.as.mutation(api.permits.add, add);
    expect((await missing(INSTALLATION))?.[0]?.state).toBe("Electrical: not submitted yet.");
    await north.as.mutation(api.permits.remove, { permitId: second, revision: 0 });
    expect(await missing(INSTALLATION)).toBeNull();
  });

  it("lets a job go back, and a move that was just made be taken back both ways", async () => {
    await movePast(INSTALLATION, "Permit is on paper");
    await move(CONTRACT);
    await move(INSTALLATION);
    expect(await stageOf()).toBe(INSTALLATION);
    await move(PERMITTING);
    await t.run(async ({ db }) => {
      await db.patch("projects", north.projectId, { stageEnteredAt: Date.now() - 120_000 });
    });
    expect(await missing(INSTALLATION)).toHaveLength(1);
  });

  it("has lines of the company's own, ticked on the job and told in the timeline", async () => {
    await ask(CONTRACT, [HOA]);
    const stageId = north.stages[CONTRACT]!._id;
    const { projectId } = north;
    expect(await missing(1)).toMatchObject([
      { requirement: "HOA letter received", state: "Not ticked yet.", place: "gate" },
    ]);
    const line = { projectId, stageId, item: HOA.kind === "check" ? HOA.item : "" };
    await north.as.mutation(api.projects.setChecked, { ...line, checked: true });
    await north.as.mutation(api.projects.setChecked, { ...line, checked: true });
    expect(await north.as.query(api.projects.gate, { projectId })).toMatchObject({
      stage: "Contract signed",
      requirements: [{ requirement: HOA, met: true }],
    });
    const lines = await north.as.query(api.activity.ofProject, { ...page, projectId });
    expect(lines.page.filter(({ kind }) => kind === "ticked")).toMatchObject([
      { subject: "HOA letter received" },
    ]);
    await north.as.mutation(api.projects.setChecked, { ...line, checked: false });
    expect(await missing(1)).toHaveLength(1);
    await north.as.mutation(api.projects.setChecked, { ...line, checked: true });
    await move(1);
    const unknown = north.as.mutation(api.projects.setChecked, {
      ...{ ...line, item: "made-up", checked: true },
    });
    await expect(unknown).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  it("asks for documents by their kind, and a deleted one is not on file", async () => {
    await ask(CONTRACT, [{ kind: "document", documentKind: "permit" }]);
    await north.as.mutation(api.documents.remove, { documentId: north.documentId });
    expect(await missing(1)).toEqual([
      {
        requirement: "On file: Permit",
        state: "Not on file yet.",
        stage: "Contract signed",
        place: "documents",
      },
    ]);
    await north.as.mutation(api.documents.restore, { documentId: north.documentId });
    await move(1);
    expect(await stageOf()).toBe(1);
  });

  it("asks for a survey that was completed, not for one that is planned or was cancelled", async () => {
    await ask(CONTRACT, [{ kind: "surveyCompleted" }]);
    await south.as.mutation(api.surveys.complete, { surveyId: south.fullSurveyId });
    await north.as.mutation(api.surveys.cancel, { surveyId: north.surveyId });
    expect(await missing(1)).toEqual([
      {
        requirement: "Survey completed",
        state: "Not completed yet.",
        stage: "Contract signed",
        place: "surveys",
      },
    ]);
    expect(await stageOf()).toBe(CONTRACT);
    await north.as.mutation(api.surveys.complete, { surveyId: north.fullSurveyId });
    await move(1);
    expect(await stageOf()).toBe(1);
  });

  it("asks for every task to be done, and says how many are open, up to a bound", async () => {
    await ask(CONTRACT, [{ kind: "tasksDone" }]);
    const { projectId, taskId } = north;
    expect(await missing(1)).toEqual([
      {
        requirement: "All tasks done",
        state: "1 task is open.",
        stage: "Contract signed",
        place: "tasks",
      },
    ]);
    const added = [];
    for (let count = 1; count <= MAX_COUNTED_TASKS; count += 1) {
      added.push(await north.as.mutation(api.tasks.add, { projectId, title: `Task ${count}` }));
    }
    const many = `${MAX_COUNTED_TASKS} or more tasks are open.`;
    expect((await missing(1))?.[0]?.state).toBe(many);
    for (const each of added.slice(1)) await north.as.mutation(api.tasks.remove, { taskId: each });
    expect((await missing(1))?.[0]?.state).toBe("2 tasks are open.");
    await north.as.mutation(api.tasks.setDone, { taskId: added[0]!, done: true });
    await north.as.mutation(api.tasks.setDone, { taskId, done: true });
    expect((await north.as.query(api.projects.gate, { projectId })).requirements).toEqual([
      {
        requirement: { kind: "tasksDone" },
        place: "tasks",
        met: true,
        state: "No task is open.",
      },
    ]);
    await north.as.mutation(api.tasks.setDone, { taskId, done: false });
    expect(await missing(1)).toHaveLength(1);
    await north.as.mutation(api.tasks.remove, { taskId });
    await move(1);
    expect(await stageOf()).toBe(1);
  });

  it("keeps a line's ticks when it is reworded", async () => {
    await ask(CONTRACT, [HOA]);
    const { projectId } = north;
    const line = { projectId, stageId: north.stages[CONTRACT]!._id, item: "hoaletter" };
    await north.as.mutation(api.projects.setChecked, { ...line, checked: true });
    await ask(CONTRACT, [{ ...HOA, label: "Homeowners' association agreed" } as StageRequirement]);
    await move(1);
    expect(await stageOf()).toBe(1);
  });

  it("does not hold back what a stage's removal moves", async () => {
    await movePast(PERMITTING, "Straight to permitting");
    await ask(PERMITTING, [{ kind: "permitApproved" }, HOA]);
    await north.as.mutation(api.pipelineStages.add, {
      ...{ name: "Plan check", category: "permitting", targetDays: 3, gate: [] },
    });
    const stages = await north.as.query(api.pipelineStages.editable, {});
    const permitting = stages.find(({ name }) => name === "Permitting")!;
    await north.as.mutation(api.pipelineStages.remove, {
      stageId: permitting._id,
      revision: permitting.revision,
      moveTo: stages.find(({ name }) => name === "Installation")!._id,
    });
    const { stageId } = await project();
    expect(stageId).toBe(north.stages[INSTALLATION]!._id);
  });

  it("asks nothing where a company has none", async () => {
    await t.run(async ({ db }) => {
      for (const { _id } of north.stages)
        await db.patch("pipelineStages", _id, { gate: undefined });
    });
    await move(PTO);
    expect(await stageOf()).toBe(PTO);
  });

  it("reads no more than a page of documents, whatever the job holds", async () => {
    // Caller and company, their rate limits, the job, its stages (the one it leaves twice), its permits and tasks.
    t = backend({ documentsRead: 2 + 2 + 1 + 9 + MAX_PERMITS + MAX_COUNTED_TASKS });
    north = await signUp(t, "north");
    const { projectId } = north;
    await t.run(async ({ db }) => {
      const gate = [{ kind: "surveyCompleted" as const }, { kind: "tasksDone" as const }];
      await db.patch("pipelineStages", north.stages[0]!._id, { gate });
    });
    for (let count = 1; count < 2 * MAX_COUNTED_TASKS; count += 1) {
      await north.as.mutation(api.tasks.add, { projectId, title: `Task ${count}` });
    }
    for (let count = 1; count < MAX_PERMITS; count += 1) {
      const title = `Permit ${count}`;
      await north.as.mutation(api.permits.add, { projectId, kind: "permit", title });
    }
    expect(await missing(7)).toHaveLength(4);
  });
});

describe("a move past a gate", () => {
  it("is for managers and administrators, with a reason that both trails keep", async () => {
    for (const role of ["Project Manager", "Installer", "Sales", "Viewer"] as const) {
      await expect(movePast(INSTALLATION, "I want to", north.asRole(role))).rejects.toMatchObject({
        data: { code: "FORBIDDEN" },
      });
    }
    expect(await stageOf()).toBe(CONTRACT);
    await movePast(INSTALLATION, "Permit is on paper", north.asRole("Manager"));
    expect(await stageOf()).toBe(INSTALLATION);
    const { projectId } = north;
    const lines = await north.as.query(api.activity.ofProject, { ...page, projectId });
    expect(lines.page[0]).toMatchObject({
      kind: "moved",
      reason: "Permit is on paper",
      changes: [
        { field: "stage", after: "Installation" },
        { field: "missing", before: "Permit approved" },
      ],
    });
    const audit = await t.run(({ db }) => db.query("auditLog").collect());
    expect(audit.filter(({ action }) => action === "project.movedPastGate")).toMatchObject([
      {
        tenantId: north.tenantId,
        subject: "Roof of north",
        reason: "Permit is on paper",
        actor: { role: "Manager" },
      },
    ]);
  });

  it.each([
    ["none", ""],
    ["spaces", "   "],
    ["nothing to see", "\u200b"],
    ["a novel", "x".repeat(501)],
  ])("needs a reason, not %s", async (_what, reason) => {
    await expect(movePast(INSTALLATION, reason)).rejects.toMatchObject({
      data: { code: "INVALID", field: "reason" },
    });
    expect(await stageOf()).toBe(CONTRACT);
  });

  it("is an ordinary move when nothing is missing", async () => {
    await movePast(1, "Not needed");
    const audit = await t.run(({ db }) => db.query("auditLog").collect());
    expect(audit.map(({ action }) => action)).not.toContain("project.movedPastGate");
  });

  it("moves nothing of another company", async () => {
    const before = await south.as.query(api.projects.get, { projectId: south.projectId });
    await expect(
      north.as.mutation(api.projects.movePastGate, {
        projectId: south.projectId,
        stageId: south.stages[INSTALLATION]!._id,
        reason: "Foreign",
      }),
    ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
    expect(await south.as.query(api.projects.get, { projectId: south.projectId })).toEqual(before);
  });
});

describe("what a stage may ask for", () => {
  const check = (item: string, label: string) => ({ kind: "check", item, label });

  it.each([
    ["the same thing twice", [{ kind: "permitApproved" }, { kind: "permitApproved" }]],
    ["two lines of the same words", [check("aaaaaaaa", "HOA"), check("bbbbbbbb", " hoa ")]],
    ["two lines of one name", [check("aaaaaaaa", "HOA"), check("aaaaaaaa", "Deposit")]],
    ["a line without words", [check("aaaaaaaa", " \u200b ")]],
    ["a line whose name is none", [check("__proto__", "HOA")]],
    ["a survey twice", [{ kind: "surveyCompleted" }, { kind: "surveyCompleted" }]],
    ["a kind that does not exist", [{ kind: "moonPhase" }]],
    ["a kind of document that does not exist", [{ kind: "document", documentKind: "moon" }]],
    [
      "too much",
      Array.from({ length: MAX_REQUIREMENTS + 1 }, (_, n) => check(`aaaaaaa${n}`, `Line ${n}`)),
    ],
  ])("is not %s", (_what, gate) => {
    expect(stageGate.safeParse(gate).success).toBe(false);
  });

  it("is a survey where the plan has surveys, or where it asks for one already", () => {
    expect(offeredRequirements(true, [])).toContain("surveyCompleted");
    expect(offeredRequirements(false, [HOA])).not.toContain("surveyCompleted");
    expect(offeredRequirements(false, [HOA])).toContain("tasksDone");
    expect(offeredRequirements(false, [{ kind: "surveyCompleted" }])).toContain("surveyCompleted");
  });

  it("is refused for the stage as a whole, which stays as it was", async () => {
    const before = await north.as.query(api.pipelineStages.editable, {});
    const twice = [HOA, { ...HOA, item: "another1" }] as StageRequirement[];
    await expect(ask(CONTRACT, twice)).rejects.toMatchObject({ data: { code: "INVALID" } });
    expect(await north.as.query(api.pipelineStages.editable, {})).toEqual(before);
  });
});
