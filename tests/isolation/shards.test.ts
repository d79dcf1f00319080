import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { type Backend, backend, identityOf } from "../support/backend.ts";
import { staffOf, staffPerson } from "../support/staff.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";
import { call } from "./call.ts";
import { CASES, isMembersGate, staffLevelOf } from "./cases.ts";
import { registeredFunctions } from "./functions.ts";

/**
 * Generated: every public function, called on another deployment than one's own. The token is good
 * there, since all of them trust the same Clerk, and the ids may even fit its tables.
 */

const functions = (await registeredFunctions()).filter(
  (each) => each.visibility === "public" && each.kind !== "httpAction",
);
const tenantFunctions = functions.filter(({ path }) => isMembersGate(CASES[path]!.gate));
const staffFunctions = functions.filter(({ path }) => staffLevelOf(CASES[path]!.gate) !== null);

let home: Backend;
let east: Backend;
let north: TestTenant;
/** A company on the other deployment, with rows under the very ids that north's have at home. */
let twin: TestTenant;
let before: string;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  home = backend();
  east = backend();
  north = await signUp(home, "north");
  twin = await signUp(east, "twin");
  await staffOf(home, "owner");
  before = await state();
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const state = () => worldOf(east, twin.tenantId, TENANT_TABLES);

it("has rows to reach for: ids of one deployment fit the tables of the other", async () => {
  expect(await east.run(({ db }) => db.get("projects", north.projectId))).not.toBeNull();
  expect(twin.admin.id).not.toBe(north.admin.id);
});

describe.each(tenantFunctions)("$path, on another deployment", (fn) => {
  it("knows no company of the caller's, whatever ids they bring", async () => {
    const stranger = east.withIdentity(identityOf(north.admin));
    expect(await call(stranger, fn, CASES[fn.path]!.args(north))).toEqual({ refused: "NO_TENANT" });
    expect(await state()).toBe(before);
  });
});

describe.each(staffFunctions)("$path, on another deployment", (fn) => {
  it("does not exist for who is staff at home only", async () => {
    const stranger = east.withIdentity(identityOf(staffPerson("owner")));
    expect(await call(stranger, fn, CASES[fn.path]!.args(north))).toEqual({ refused: "NOT_FOUND" });
    expect(await state()).toBe(before);
  });
});
