import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import { DAY_MS } from "../../../lib/days.ts";
import { type Backend, backend, clerkEvent, deliver } from "../../support/backend.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const first = { paginationOpts: { numItems: 10, cursor: null } };

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let support: Awaited<ReturnType<typeof staffOf>>;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  t = backend();
  north = await signUp(t, "north", "pro");
  south = await signUp(t, "south", "starter");
  support = await staffOf(t, "support");
  for (const { tenantId } of [north, south]) {
    await t.mutation(internal.tenantSummaries.count, { tenantId });
  }
});
afterEach(() => {
  vi.useRealTimers();
});

type Query = Omit<(typeof api.staff.tenants.list)["_args"], "paginationOpts">;

async function names(query: Query): Promise<string[]> {
  const { page } = await support.query(api.staff.tenants.list, { ...first, ...query });
  return page.map(({ slug }) => slug);
}

async function exact(words: string): Promise<string[]> {
  return (await support.query(api.staff.tenants.exact, { words })).map(({ slug }) => slug);
}

const NORTH = "north-solar";
const SOUTH = "south-solar";

describe("the list of companies", () => {
  it("is in the order that is asked for", async () => {
    expect(await names({})).toEqual([SOUTH, NORTH]);
    expect(await names({ direction: "asc" })).toEqual([NORTH, SOUTH]);
    expect(await names({ sort: "name", direction: "asc" })).toEqual([NORTH, SOUTH]);
    // South has seven places taken of one.
    expect(await names({ sort: "usage" })).toEqual([SOUTH, NORTH]);
    expect(await names({ sort: "usage", plan: "pro" })).toEqual([NORTH]);
  });

  it("is narrowed by plan, status and flag, alone and together", async () => {
    expect(await names({ plan: "pro" })).toEqual([NORTH]);
    expect(await names({ status: "active" })).toEqual([SOUTH, NORTH]);
    expect(await names({ status: "suspended" })).toEqual([]);
    expect(await names({ flag: "overLimit" })).toEqual([SOUTH]);
    expect(await names({ flag: "overLimit", plan: "pro" })).toEqual([]);
    expect(await names({ flag: "withoutAdministrator" })).toEqual([]);
    expect(await names({ flag: "overridden" })).toEqual([]);
    expect(await names({ plan: "starter", status: "active" })).toEqual([SOUTH]);
    expect(await names({ flag: "trialEnding" })).toEqual([]);
    vi.setSystemTime(NOON + 8 * DAY_MS);
    expect(await names({ flag: "trialEnding" })).toEqual([NORTH]);
    vi.setSystemTime(NOON + 15 * DAY_MS);
    expect(await names({ flag: "trialEnding" })).toEqual([]);
  });

  it("is searched by name, slug, an administrator's address, and narrowed at once", async () => {
    expect(await names({ words: "nor" })).toEqual([NORTH]);
    expect(await names({ words: "south-solar" })).toContain(SOUTH);
    expect(await names({ words: "admin@north.test" })).toContain(NORTH);
    expect(await names({ words: "solar", plan: "starter" })).toEqual([SOUTH]);
    expect(await names({ words: "solar", flag: "overLimit" })).toEqual([SOUTH]);
    expect(await names({ words: "nobody" })).toEqual([]);
    expect(await names({ words: "   " })).toEqual([SOUTH, NORTH]);
  });

  it("finds exactly by id, by a member's address and by a Clerk user id", async () => {
    expect(await exact(` ${south.tenantId} `)).toEqual([SOUTH]);
    expect(await exact("Viewer@North.test")).toEqual([NORTH]);
    expect(await exact("user_south_installer")).toEqual([SOUTH]);
    expect(await exact(north.admin.id)).toEqual([NORTH]);
    for (const nothing of [
      "",
      "user_",
      "@",
      "viewer@north.tes",
      north.projectId,
      "☀",
      "x".repeat(5_000),
    ]) {
      expect(await exact(nothing)).toEqual([]);
    }
  });

  it("says nothing of a company's rows but figures and administrators' addresses", async () => {
    const { page } = await support.query(api.staff.tenants.list, first);
    const text = JSON.stringify(page);
    for (const secret of ["Secret of", "Customer of", "Roof of", "viewer@", north.projectId]) {
      expect(text).not.toContain(secret);
    }
  });

  it("takes any text for the id of one company, and finds it or not", async () => {
    const { tenantId } = north;
    const one = await support.query(api.staff.tenants.get, { tenantId });
    expect(one).toMatchObject({ tenant: { name: "north Solar" } });
    for (const none of ["", "x", "../", north.projectId, "☀".repeat(100)]) {
      await expect(support.query(api.staff.tenants.get, { tenantId: none })).rejects.toThrow(
        "NOT_FOUND",
      );
    }
  });
});

it("reads the page and nothing more, however many companies there are", async () => {
  const many = backend({ documentsRead: 20 });
  for (let n = 0; n < 40; n++) {
    const unsafeMetadata = { companyName: `Sun ${n}`, plan: "pro" };
    const user = { id: `user_${n}`, email: `a${n}@sun.test`, unsafeMetadata };
    expect((await deliver(many, clerkEvent("user.created", user))).status).toBe(200);
  }
  const owner = await staffOf(many, "owner");
  for (const query of [
    {},
    { sort: "usage" },
    { plan: "pro", sort: "revenue" },
    { plan: "pro", status: "active" },
    { flag: "overLimit" },
    { words: "sun" },
  ] satisfies Query[]) {
    const { page } = await owner.query(api.staff.tenants.list, { ...first, ...query });
    expect(page).toHaveLength("flag" in query ? 0 : 10);
  }
});
