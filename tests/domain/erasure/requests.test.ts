import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Doc, Id } from "../../../convex/_generated/dataModel.js";
import { DAY_MS } from "../../../lib/days.ts";
import { CLOSING_DAYS } from "../../../lib/tenantStatus.ts";
import { erasedAt } from "../../../lib/erasure.ts";
import { type Backend, backend, clerkEvent, deliver, identityOf } from "../../support/backend.ts";
import { everything } from "../../support/erasing.ts";
import { staffOf } from "../../support/staff.ts";

/** How an erasure comes about: two of the staff, or the end of a closing. */

const NOON = Date.parse("2026-11-23T12:00:00Z");

let t: Backend;
let operator: Awaited<ReturnType<typeof staffOf>>;
let owner: typeof operator;
let tenantId: Id<"tenants">;

const ada = (key: string) => ({
  ...{ id: `user_${key}`, email: `ada@${key}.test` },
  unsafeMetadata: { companyName: `${key} Solar`, plan: "starter" },
});

beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "setTimeout"] });
  t = backend();
  for (const key of ["north", "south"]) await deliver(t, clerkEvent("user.created", ada(key)));
  const tenants = (await everything(t)).tenants as Doc<"tenants">[];
  tenantId = tenants.find(({ name }) => name === "north Solar")!._id;
  operator = await staffOf(t, "operator");
  owner = await staffOf(t, "owner");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const asked = (change: object = {}) => ({
  ...{ tenantId, companyName: "north Solar", reason: "A letter" },
  ...change,
});
const ask = () => operator.mutation(api.staff.erasures.request, asked());
const stateOf = async (erasureId: Id<"erasures">) =>
  (await operator.query(api.staff.erasures.get, { erasureId })).state;
const code = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error) => (error as { data: { code: string; field?: string } }).data,
  );
const north = async () => (await t.run(({ db }) => db.get("tenants", tenantId)))!;

describe("an erasure on demand", () => {
  it("needs the company's name and a reason", async () => {
    const wrong = asked({ companyName: "south Solar" });
    expect(await code(operator.mutation(api.staff.erasures.request, wrong))).toMatchObject({
      ...{ code: "INVALID", field: "companyName" },
    });
    for (const reason of [" ", "x".repeat(10_000)]) {
      const call = operator.mutation(api.staff.erasures.request, asked({ reason }));
      expect(await code(call)).toMatchObject({ code: "INVALID", field: "reason" });
    }
    expect((await everything(t)).erasures).toEqual([]);
  });

  it("is not confirmed by who asked for it, and touches nothing until a second person confirms", async () => {
    const before = await north();
    const erasureId = await ask();
    expect(await code(operator.mutation(api.staff.erasures.confirm, { erasureId }))).toMatchObject({
      code: "CONFLICT",
    });
    expect(await stateOf(erasureId)).toBe("requested");
    expect(await north()).toEqual(before);
    await owner.mutation(api.staff.erasures.confirm, { erasureId });
    expect(await stateOf(erasureId)).toBe("running");
    expect(await north()).toMatchObject({ status: "closed", erasingSince: NOON });
  });

  it("is asked for once, whoever asks again, and the second one to ask has not confirmed", async () => {
    const erasureId = await ask();
    expect(await owner.mutation(api.staff.erasures.request, asked())).toBe(erasureId);
    expect(await stateOf(erasureId)).toBe("requested");
    expect((await everything(t)).erasures).toHaveLength(1);
  });

  it("can be withdrawn until it begins, and not afterwards", async () => {
    const first = await ask();
    await operator.mutation(api.staff.erasures.withdraw, { erasureId: first });
    expect(
      await code(owner.mutation(api.staff.erasures.confirm, { erasureId: first })),
    ).toMatchObject({
      code: "CONFLICT",
    });
    expect(await operator.query(api.staff.erasures.ofTenant, { tenantId })).toBeNull();
    const second = await ask();
    await owner.mutation(api.staff.erasures.confirm, { erasureId: second });
    const late = operator.mutation(api.staff.erasures.withdraw, { erasureId: second });
    expect(await code(late)).toMatchObject({ code: "CONFLICT" });
    expect(await stateOf(second)).toBe("running");
  });

  it("begins once when two confirm at the same moment", async () => {
    const erasureId = await ask();
    const confirm = () => code(owner.mutation(api.staff.erasures.confirm, { erasureId }));
    const answers = await Promise.all([confirm(), confirm()]);
    expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
  });

  it("is neither asked for nor confirmed by support", async () => {
    const erasureId = await ask();
    const support = await staffOf(t, "support");
    for (const call of [
      support.mutation(api.staff.erasures.request, asked()),
      support.mutation(api.staff.erasures.confirm, { erasureId }),
      support.mutation(api.staff.erasures.withdraw, { erasureId }),
    ]) {
      expect(await code(call)).toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await stateOf(erasureId)).toBe("requested");
  });
});

describe("the end of a closing", () => {
  beforeEach(async () => {
    const as = t.withIdentity(identityOf(ada("north")));
    await as.mutation(api.tenantLifecycle.requestClosing, { companyName: "north Solar" });
    vi.setSystemTime(NOON + CLOSING_DAYS * DAY_MS);
    await t.mutation(internal.tenantLifecycle.advanceClosing, {
      ...{ tenantId, closesAt: (await north()).closing!.closesAt },
    });
  });

  it("erases on the day that administrators are told, and not before", async () => {
    const due = erasedAt((await north()).closing!.closesAt);
    vi.setSystemTime(due - 1);
    await t.mutation(internal.erasure.eraseClosed, {});
    expect((await north()).erasingSince).toBeUndefined();
    vi.setSystemTime(due);
    await t.mutation(internal.erasure.eraseClosed, {});
    await t.mutation(internal.erasure.eraseClosed, {});
    expect((await north()).erasingSince).toBe(due);
    const { erasures, tenants } = await everything(t);
    expect(erasures).toHaveLength(1);
    expect(erasures![0]).toMatchObject({
      state: "running",
      requestedByName: "The company’s administrator",
    });
    expect((tenants as Doc<"tenants">[]).filter(({ erasingSince }) => erasingSince)).toHaveLength(
      1,
    );
  });

  it("erases nothing of a company that was opened again", async () => {
    await t.mutation(internal.tenantLifecycle.reactivate, {
      ...{ tenantId, staffName: "Robin", reason: "They came back" },
    });
    vi.setSystemTime(NOON + 365 * DAY_MS);
    await t.mutation(internal.erasure.eraseClosed, {});
    expect((await everything(t)).erasures).toEqual([]);
    expect((await north()).erasingSince).toBeUndefined();
  });
});
