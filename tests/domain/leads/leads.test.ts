import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { type Backend, backend } from "../../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const page = { paginationOpts: { numItems: 25, cursor: null } };

async function namesIn(tenant: TestTenant, filter: object = {}) {
  const result = await tenant.as.query(api.leads.list, { ...page, ...filter });
  return result.page.map(({ name }) => name);
}

async function leadOf(tenant: TestTenant, leadId: Id<"leads"> = tenant.leadId) {
  return await tenant.as.query(api.leads.get, { leadId });
}

async function linesOf({ as, leadId }: TestTenant) {
  const { page: lines } = await as.query(api.leads.timeline, { ...page, leadId });
  return lines.map(({ kind, changes, reason }) => ({ kind, changes, reason }));
}

const message = (text: string) => ({ data: { message: expect.stringContaining(text) as string } });

describe("whoever is given a lead", () => {
  const toldOf = async (who: TestTenant["as"]) =>
    (await who.query(api.notifications.list, page)).page
      .filter(({ kind }) => kind === "leadAssigned")
      .map(({ by, about, subject }) => ({ by, about, subject }));

  it("is told by whom, with a link to it, and not of what they took themselves", async () => {
    const { as, leadId, memberId } = north;
    const sales = await memberOf("Sales");
    await as.mutation(api.leads.assign, { leadId, assigneeId: sales });
    await as.mutation(api.leads.assign, { leadId, assigneeId: sales });
    const byHand = await as.mutation(api.leads.create, { name: "Ann", assigneeId: sales });
    expect(await toldOf(north.asRole("Sales"))).toEqual([
      { by: "Ada north", about: "Ann", subject: { leadId: byHand } },
      { by: "Ada north", about: "Lead of north", subject: { leadId } },
    ]);
    await as.mutation(api.leads.assign, { leadId, assigneeId: null });
    await as.mutation(api.leads.assign, { leadId, assigneeId: memberId });
    await as.mutation(api.leads.create, { name: "Mine", assigneeId: memberId });
    expect(await toldOf(as)).toEqual([]);
    expect(await toldOf(south.asRole("Sales"))).toEqual([]);
    const mails = await t.run(({ db }) => db.query("emails").collect());
    expect(mails.filter(({ to }) => to === "sales@north.test")).toEqual([]);
  });

  it("hears it from Sunup when it was their turn, and nothing of leads from a file", async () => {
    const { as, campaignId, memberId, importId } = north;
    const assignment = "roundRobin" as const;
    const turns = { campaignId, assignment, memberIds: [memberId] };
    await as.mutation(api.campaigns.setAssignment, turns);
    const leadId = await as.mutation(api.leads.create, { name: "Ann", campaignId });
    expect(await toldOf(as)).toEqual([{ by: "Sunup", about: "Ann", subject: { leadId } }]);
    const row = { name: "Bea", email: "bea@north.test", phone: "", address: "", notes: "" };
    await as.mutation(api.leadImports.addRows, { importId, from: 1, rows: [row] });
    expect(await namesIn(north)).toContain("Bea");
    expect(await toldOf(as)).toHaveLength(1);
  });

  async function memberOf(role: string): Promise<Id<"members">> {
    const workers: { _id: Id<"members">; name: string }[] = await north.as.query(
      api.leads.workers,
      {},
    );
    return workers.find(({ name }) => name === role)!._id;
  }
});

describe("a lead", () => {
  it("needs no more than a name, and lands as new in the company's first campaign", async () => {
    const leadId = await north.as.mutation(api.leads.create, { name: "  Ann  ", email: "" });
    const lead = await leadOf(north, leadId);
    expect(lead).toMatchObject({ name: "Ann", status: "new", createdByName: "Ada north" });
    expect(lead).not.toHaveProperty("email");
    const campaigns = await north.as.query(api.campaigns.list, {});
    expect(campaigns.find(({ _id }) => _id === lead.campaignId)?.name).toBe("General Leads");
    expect(await namesIn(south)).toEqual(["Lead of south"]);
  });

  it.each([
    ["no name", { name: "   " }, "name"],
    ["a name of 121 letters", { name: "x".repeat(121) }, "name"],
    ["an address that is none", { name: "Ann", email: "ann@" }, "email"],
    ["notes without end", { name: "Ann", notes: "x".repeat(5_001) }, "notes"],
  ])("with %s is refused at that field, and nothing is kept or counted", async (_, form, field) => {
    const before = await worldOf(t, north.tenantId, ["leads", "usage"]);
    const attempt = north.as.mutation(api.leads.create, form);
    await expect(attempt).rejects.toMatchObject({ data: { code: "INVALID", field } });
    expect(await worldOf(t, north.tenantId, ["leads", "usage"])).toBe(before);
  });

  it("is shown by status, campaign and assignee, each alone and together", async () => {
    const { as, campaignId, memberId } = north;
    const ann = await as.mutation(api.leads.create, { name: "Ann", campaignId });
    await as.mutation(api.leads.create, { name: "Bob", assigneeId: memberId });
    await as.mutation(api.leads.assign, { leadId: ann, assigneeId: memberId });
    await as.mutation(api.leads.move, { leadId: ann, status: "contacted" });

    expect(await namesIn(north)).toEqual(["Bob", "Ann", "Lead of north"]);
    expect(await namesIn(north, { status: "new" })).toEqual(["Bob", "Lead of north"]);
    expect(await namesIn(north, { campaignId })).toEqual(["Ann", "Lead of north"]);
    expect(await namesIn(north, { assigneeId: memberId })).toEqual(["Bob", "Ann"]);
    expect(await namesIn(north, { assigneeId: null })).toEqual(["Lead of north"]);
    const contacted = { status: "contacted", campaignId, assigneeId: memberId };
    expect(await namesIn(north, contacted)).toEqual(["Ann"]);
    expect(await namesIn(north, { ...contacted, assigneeId: null })).toEqual([]);
  });

  it("is found by its name, address, e-mail and telephone, within the filters and the company", async () => {
    const { as, leadId, campaignId, memberId } = north;
    await as.mutation(api.leads.create, { name: "Ann Diaz", address: "7 Elm Street", campaignId });
    expect(await namesIn(north, { words: "elm" })).toEqual(["Ann Diaz"]);
    expect(await namesIn(north, { words: "ann", campaignId })).toEqual(["Ann Diaz"]);
    expect(await namesIn(north, { words: "ann", assigneeId: memberId })).toEqual([]);
    expect(await namesIn(north, { words: "ann", assigneeId: null })).toEqual(["Ann Diaz"]);
    expect(await namesIn(north, { words: "south" })).toEqual([]);
    await as.mutation(api.leads.update, { leadId, name: "Zoe Park" });
    expect(await namesIn(north, { words: "zoe" })).toEqual(["Zoe Park"]);
  });

  it("keeps what a change leaves out, clears what it empties, and tells both in its timeline", async () => {
    const { as, leadId } = north;
    await as.mutation(api.leads.update, { leadId, email: null, phone: "555 0199" });
    expect(await leadOf(north)).toMatchObject({ name: "Lead of north", phone: "555 0199" });
    expect(await leadOf(north)).not.toHaveProperty("email");
    expect((await linesOf(north))[0]).toMatchObject({
      kind: "changed",
      changes: [
        { field: "email", before: "lead@north.test", after: "" },
        { field: "phone", before: "(555) 010-0142", after: "555 0199" },
      ],
    });
  });

  it("goes only to people who are here and work on leads", async () => {
    const { as, leadId, viewerId } = north;
    const give = (assigneeId: Id<"members">) =>
      as.mutation(api.leads.assign, { leadId, assigneeId });
    await expect(give(viewerId)).rejects.toMatchObject(message("role does not work on leads"));
    const workers = await as.query(api.leads.workers, {});
    expect(workers.map(({ name }) => name)).toEqual(["Ada north", "Manager", "Sales"]);
    const sales = workers[2]!._id;
    await as.mutation(api.members.deactivate, { memberId: sales });
    await expect(give(sales)).rejects.toMatchObject(message("no access any more"));
    expect(await leadOf(north)).not.toHaveProperty("assigneeId");
  });

  it("is lost for a reason, and comes back without it", async () => {
    const { as, leadId } = north;
    await as.mutation(api.leads.lose, { leadId, reason: "roof", note: " Full of shade " });
    expect(await leadOf(north)).toMatchObject({
      status: "lost",
      lost: { reason: "roof", note: "Full of shade" },
    });
    expect((await linesOf(north))[0]?.reason).toBe("Roof or site does not suit: Full of shade");
    await as.mutation(api.leads.move, { leadId, status: "qualified" });
    expect(await leadOf(north)).toMatchObject({ status: "qualified" });
    expect(await leadOf(north)).not.toHaveProperty("lost");
  });

  it("is recognised by e-mail and telephone, however they are spelled, in its own company only", async () => {
    const ask = (email: string, phone: string) =>
      north.as.query(api.leads.duplicates, { email, phone });
    expect((await ask(" LEAD@north.TEST ", ""))[0]?.name).toBe("Lead of north");
    expect((await ask("", "+1 555.010.0142"))[0]?.name).toBe("Lead of north");
    expect(await ask("lead@north.test", "+1 555.010.0142")).toHaveLength(1);
    expect(await ask("lead@south.test", "")).toEqual([]);
    expect(await ask("", "")).toEqual([]);
    expect(await ask("", "0142")).toEqual([]);
  });
});

describe("a lead that becomes a project", () => {
  const projectName = "Roof of Ann";

  it("hands over all that is known, and the two know each other", async () => {
    const { as, leadId } = north;
    await as.mutation(api.leads.update, { leadId, address: "1 Sun Street", notes: "Dog" });
    const projectId = await north
      .asRole("Sales")
      .mutation(api.leads.convert, { leadId, projectName });
    expect(await as.query(api.projects.get, { projectId })).toMatchObject({
      name: projectName,
      customerName: "Lead of north",
      customerEmail: "lead@north.test",
      customerPhone: "(555) 010-0142",
      siteAddress: "1 Sun Street",
      notes: "Dog",
      leadId,
    });
    expect(await leadOf(north)).toMatchObject({ status: "converted", projectId });
  });

  it("becomes one only, whoever clicks again", async () => {
    const { as, leadId } = north;
    const answers = await Promise.all(
      [as, north.asRole("Sales"), as].map((each) =>
        each.mutation(api.leads.convert, { leadId, projectName }),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    const projects = await as.query(api.projects.list, page);
    expect(projects.page.map(({ name }) => name)).toEqual([projectName, "Roof of north"]);
    expect((await linesOf(north)).map(({ kind }) => kind)).toEqual(["converted", "created"]);
  });

  it("stays a lead when the project cannot be made", async () => {
    const { as, leadId } = north;
    const before = await worldOf(t, north.tenantId, ["leads", "projects", "leadActivity"]);
    const attempt = as.mutation(api.leads.convert, { leadId, projectName: " " });
    await expect(attempt).rejects.toMatchObject({ data: { code: "INVALID", field: "name" } });
    expect(await worldOf(t, north.tenantId, ["leads", "projects", "leadActivity"])).toBe(before);
  });

  it("changes no more as a lead", async () => {
    const { as, leadId, memberId } = north;
    await as.mutation(api.leads.convert, { leadId, projectName });
    const before = await worldOf(t, north.tenantId, ["leads", "leadActivity"]);
    for (const attempt of [
      as.mutation(api.leads.update, { leadId, name: "Other" }),
      as.mutation(api.leads.assign, { leadId, assigneeId: memberId }),
      as.mutation(api.leads.move, { leadId, status: "new" }),
      as.mutation(api.leads.lose, { leadId, reason: "price" }),
    ]) {
      await expect(attempt).rejects.toMatchObject(message("became a project"));
    }
    expect(await worldOf(t, north.tenantId, ["leads", "leadActivity"])).toBe(before);
  });
});

describe("the plan's leads of a month", () => {
  it("are exact: of a hundred at once against one place, one gets in", async () => {
    const small = await signUp(t, "small", "starter");
    for (let used = 1; used < 49; used++) {
      await small.as.mutation(api.leads.create, { name: `Lead ${used}` });
    }
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) =>
        small.as.mutation(api.leads.create, { name: `Late ${n}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = answers.filter((each) => each.status === "rejected");
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ data: { code: "LIMIT_REACHED" } });
    }
    const { page: leads } = await small.as.query(api.leads.list, {
      paginationOpts: { numItems: 200, cursor: null },
    });
    expect(leads).toHaveLength(50);
    expect(await small.as.query(api.leads.allowance, {})).toEqual({ used: 50, limit: 50 });
    expect(await north.as.mutation(api.leads.create, { name: "Ann" })).toBeTruthy();
  });
});
