import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { DatabaseReader } from "../../convex/_generated/server.js";
import { timeZoneOf } from "../../convex/model/company.ts";
import { tenantReader } from "../../convex/tenancy/rules.ts";
import { scopedReader } from "../../convex/tenancy/scopedDb.ts";
import { companyForm } from "../../lib/company.ts";
import { errorData } from "../../lib/errors.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

const FORM = {
  name: "North Solar & Storage",
  address: "12 Elm Street, Springfield",
  phone: "(555) 010-0100",
  website: "https://north.example/",
  licences: [
    { state: "CA", number: "1034567" },
    { state: "NV", number: "0087654" },
  ],
  timeZone: "America/Los_Angeles",
};

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const save = (revision: number, change: Partial<typeof FORM> = {}) =>
  north.as.mutation(api.company.saveProfile, { revision, ...FORM, ...change });

async function refusal(call: Promise<unknown>) {
  return await call.then(
    () => null,
    (thrown: unknown) => errorData(thrown),
  );
}

function reader(db: DatabaseReader, { tenantId }: TestTenant) {
  const scope = { tenantId, memberId: null };
  return scopedReader(tenantReader(db, scope), scope);
}

async function auditOf({ tenantId }: TestTenant) {
  const rows = await t.run(({ db }) => db.query("auditLog").collect());
  return rows.filter((row) => row.tenantId === tenantId && row.action === "company.updated");
}

describe("the company's profile", () => {
  it("is saved as it was entered, and is no other company's", async () => {
    const before = await worldOf(t, south.tenantId, ["companyProfiles", "auditLog"]);
    await save(0);
    expect(await north.as.query(api.company.profile, {})).toMatchObject({
      ...FORM,
      revision: 1,
      changedByName: "Ada north",
      logo: { name: "north.png" },
    });
    expect(await worldOf(t, south.tenantId, ["companyProfiles", "auditLog"])).toBe(before);
  });

  it("renames the company and leaves its slug", async () => {
    await save(0);
    const { tenant } = await north.as.query(api.members.me, {});
    expect(tenant).toMatchObject({ name: FORM.name, slug: "north-solar" });
  });

  it("leaves a line with before and after in the audit trail, and none when nothing changed", async () => {
    await save(0);
    await save(1, { phone: "" });
    await save(2, { phone: "  " });
    const lines = await auditOf(north);
    expect(lines.slice(1)).toMatchObject([
      {
        actor: { kind: "member", name: "Ada north" },
        changes: expect.arrayContaining([
          { field: "name", before: "north Solar", after: FORM.name },
          { field: "licences", before: "", after: "CA 1034567, NV 0087654" },
          { field: "timeZone", before: "America/New_York", after: "America/Los_Angeles" },
        ]) as unknown,
      },
      { changes: [{ field: "phone", before: FORM.phone, after: "" }] },
    ]);
  });

  it("is not overwritten by who started from an older one", async () => {
    await save(0);
    expect(await refusal(save(0, { phone: "mine" }))).toMatchObject({ code: "STALE" });
    expect(await refusal(save(2, { phone: "mine" }))).toMatchObject({ code: "STALE" });
    expect(await north.as.query(api.company.profile, {})).toMatchObject({ phone: FORM.phone });
    await save(1, { phone: "mine" });
    expect(await north.as.query(api.company.profile, {})).toMatchObject({ phone: "mine" });
  });

  it("gives the company's time zone, also before anything was saved", async () => {
    const zone = () => t.run(({ db }) => timeZoneOf(reader(db, north)));
    expect(await zone()).toBe("America/New_York");
    await save(0);
    expect(await zone()).toBe("America/Los_Angeles");
  });

  it.each([
    ["name", { name: " \u200b " }],
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["timeZone", { timeZone: "+01:00" }],
    ["website", { website: "javascript:alert(1)" }],
    ["website", { website: "https://user@evil.example" }],
    ["website", { website: "nowhere" }],
    ["address", { address: "x".repeat(301) }],
    ["licences.0.state", { licences: [{ state: "XX", number: "1" }] }],
    ["licences.0.number", { licences: [{ state: "CA", number: " " }] }],
    [
      "licences.1.number",
      {
        licences: [
          { state: "CA", number: "abc" },
          { state: "CA", number: " ABC " },
        ],
      },
    ],
    [
      "licences",
      { licences: Array.from({ length: 21 }, (_, n) => ({ state: "CA", number: `${n}` })) },
    ],
  ])("refuses a wrong %s, and says which field it is", async (field, change) => {
    const before = await north.as.query(api.company.profile, {});
    expect(await refusal(save(0, change))).toMatchObject({ code: "INVALID", field });
    expect(await north.as.query(api.company.profile, {})).toEqual(before);
  });

  it("takes a web address as people write it", () => {
    expect(companyForm.parse({ ...FORM, website: " north.example " }).website).toBe(
      "https://north.example",
    );
    expect(companyForm.parse({ ...FORM, website: " " }).website).toBe("");
  });
});

describe("the company's logo", () => {
  it("is replaced by who has seen the present one, and is seen by every member", async () => {
    const answer = await north.as.mutation(api.company.setLogo, {
      ...north.upload,
      replaces: north.logoId,
    });
    expect(answer).toHaveProperty("fileId");
    const me = await north.asRole("Viewer").query(api.members.me, {});
    expect(me.tenant.logoId).toBe((answer as { fileId: string }).fileId);
    expect((await auditOf(north)).at(-1)).toMatchObject({
      changes: [{ field: "logo", before: "north.png", after: "north.png" }],
    });
  });

  it("is not replaced or removed by who has not", async () => {
    const call = north.as.mutation(api.company.setLogo, { ...north.upload, replaces: null });
    expect(await refusal(call)).toMatchObject({ code: "STALE" });
    await north.as.mutation(api.company.removeLogo, { fileId: north.logoId });
    expect(
      await refusal(north.as.mutation(api.company.removeLogo, { fileId: north.logoId })),
    ).toMatchObject({ code: "NOT_FOUND" });
    expect((await south.as.query(api.members.me, {})).tenant.logoId).toBe(south.logoId);
  });
});
