import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.useFakeTimers();
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const page = { paginationOpts: { numItems: 50, cursor: null } };
const nobody = { name: "Ana", email: "", phone: "", address: "", notes: "" };

const create = (fields: Partial<typeof nobody>) =>
  north.as.mutation(api.contacts.create, { ...nobody, ...fields });
const names = async (archived = false) =>
  (await north.as.query(api.contacts.list, { ...page, archived })).page.map(({ name }) => name);
const shared = async (tenant = north) =>
  (await tenant.as.query(api.contacts.duplicates, page)).page.map(({ by, key, people }) => ({
    by,
    key,
    names: people.map(({ name }) => name),
  }));
const settle = () => t.finishAllScheduledFunctions(vi.runAllTimers);

describe("contacts", () => {
  it("are listed by name whatever the case, and archived ones on their own", async () => {
    await create({ name: "zoe" });
    const bob = await create({ name: "Bob" });
    expect(await names()).toEqual(["Bob", "Customer of north", "Twin of north", "zoe"]);
    await north.as.mutation(api.contacts.archive, { contactId: bob });
    expect(await names()).toEqual(["Customer of north", "Twin of north", "zoe"]);
    expect(await names(true)).toEqual(["Bob"]);
    await north.as.mutation(api.contacts.restore, { contactId: bob });
    expect(await names(true)).toEqual([]);
    expect((await south.as.query(api.contacts.list, page)).page).toHaveLength(2);
  });

  it.each([
    [{ name: " \u200b " }, "name"],
    [{ name: "x".repeat(121) }, "name"],
    [{ email: "not an address" }, "email"],
    [{ phone: "1".repeat(41) }, "phone"],
    [{ notes: "x".repeat(5_001) }, "notes"],
  ])("refuse %j at the field %s, and nothing is written", async (fields, field) => {
    await expect(create(fields)).rejects.toMatchObject({ data: { code: "INVALID", field } });
    expect(await names()).toHaveLength(2);
  });

  it("change field by field; what is archived stays as it is", async () => {
    const { contactId } = north;
    await north.as.mutation(api.contacts.update, { contactId, phone: "(512) 555-0199" });
    expect(await north.as.query(api.contacts.get, { contactId })).toMatchObject({
      name: "Customer of north",
      phone: "(512) 555-0199",
    });
    await north.as.mutation(api.contacts.archive, { contactId });
    const rename = { contactId, name: "Changed" };
    await expect(north.as.mutation(api.contacts.update, rename)).rejects.toMatchObject({
      data: { code: "CONFLICT" },
    });
    expect((await north.as.query(api.contacts.get, { contactId })).name).toBe("Customer of north");
  });

  it("are found again by address or number, however they are written, in their own company", async () => {
    const found = await north.as.query(api.contacts.similar, {
      email: " CUSTOMER@north.test",
      phone: "+1 (512) 555-0100 ext. 3",
      except: north.contactId,
    });
    expect(found.map(({ name }) => name)).toEqual(["Twin of north"]);
  });

  it("that share an address or number are on the list of duplicates for as long as they do", async () => {
    const both = ["Customer of north", "Twin of north"];
    expect(await shared()).toEqual([
      { by: "phone", key: "+15125550100", names: both },
      { by: "email", key: "customer@north.test", names: both },
    ]);
    const twin = north.duplicate.contactId;
    await north.as.mutation(api.contacts.update, { contactId: twin, name: "Cousin", email: "" });
    expect(await shared()).toEqual([
      { by: "phone", key: "+15125550100", names: ["Customer of north", "Cousin"] },
    ]);
    await north.as.mutation(api.contacts.archive, { contactId: twin });
    expect(await shared()).toEqual([]);
    await north.as.mutation(api.contacts.restore, { contactId: twin });
    expect(await shared()).toHaveLength(1);
    expect(await shared(south)).toHaveLength(2);
  });
});

describe("a project", () => {
  const work = async (organizationId: Id<"organizations">) =>
    (await north.as.query(api.contactLinks.projectsOfOrganization, { ...page, organizationId }))
      .page;

  it("is for a person, and appears with them and with their organization", async () => {
    const { contactId, organizationId, projectId } = north;
    const ofContact = await north.as.query(api.contactLinks.projectsOfContact, {
      ...page,
      contactId,
    });
    expect(ofContact.page).toMatchObject([{ _id: projectId }]);
    expect(await work(organizationId)).toMatchObject([{ _id: projectId }]);
    await north.as.mutation(api.contactLinks.linkProject, { projectId, contactId: null });
    const [line] = (await north.as.query(api.activity.ofProject, { ...page, projectId })).page;
    expect(line).toMatchObject({
      kind: "changed",
      changes: [{ field: "contact", before: "Customer of north", after: "" }],
    });
    expect(await work(organizationId)).toEqual([]);
  });

  it("follows when the person joins another organization", async () => {
    const { contactId, organizationId } = north;
    const other = await north.as.mutation(api.organizations.create, {
      ...{ name: "Elm HOA", kind: "homeownerAssociation", website: "elm.example" },
      ...{ phone: "", address: "", notes: "" },
    });
    await north.as.mutation(api.contacts.update, { contactId, organizationId: other });
    await settle();
    expect(await work(organizationId)).toEqual([]);
    expect(await work(other)).toHaveLength(1);
    await north.as.mutation(api.contacts.update, { contactId, organizationId: null });
    await settle();
    expect(await work(other)).toEqual([]);
  });

  it("cannot be for an archived person, nor for another company's", async () => {
    const { projectId, duplicate } = north;
    const link = (contactId: Id<"contacts">) =>
      north.as.mutation(api.contactLinks.linkProject, { projectId, contactId });
    await north.as.mutation(api.contacts.archive, { contactId: duplicate.contactId });
    await expect(link(duplicate.contactId)).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    await expect(link(south.contactId)).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
    expect((await north.as.query(api.projects.get, { projectId })).contactId).toBe(north.contactId);
  });
});

describe("a lead that becomes a project", () => {
  const convert = async (lead: { name: string; email: string }) => {
    const leadId = await north.as.mutation(api.leads.create, lead);
    const projectId = await north.as.mutation(api.leads.convert, { leadId, projectName: "Roof" });
    const project = await north.as.query(api.projects.get, { projectId });
    expect((await north.as.query(api.leads.get, { leadId })).contactId).toBe(project.contactId);
    return project.contactId!;
  };

  it("brings a new contact, or belongs to the one of that address", async () => {
    expect(await convert({ name: "C. North", email: "CUSTOMER@north.test" })).toBe(north.contactId);
    const contactId = await convert({ name: "Dana", email: "dana@x.test" });
    const leads = await north.as.query(api.contactLinks.leadsOfContact, { ...page, contactId });
    expect(leads.page).toMatchObject([{ name: "Dana", status: "converted" }]);
    expect(await names()).toEqual(["Customer of north", "Dana", "Twin of north"]);
    expect((await south.as.query(api.contacts.list, page)).page).toHaveLength(2);
  });
});

describe("organizations", () => {
  it("are created, changed, archived and restored", async () => {
    const { organizationId } = north;
    await north.as.mutation(api.organizations.update, {
      organizationId,
      name: "Maple Builders",
      website: "maple.example",
    });
    expect(await north.as.query(api.organizations.get, { organizationId })).toMatchObject({
      name: "Maple Builders",
      website: "https://maple.example",
      kind: "builder",
    });
    await north.as.mutation(api.organizations.archive, { organizationId });
    expect((await north.as.query(api.organizations.list, page)).page).toEqual([]);
    await north.as.mutation(api.organizations.restore, { organizationId });
    expect((await north.as.query(api.organizations.list, page)).page).toHaveLength(1);
    const people = await north.as.query(api.contactLinks.people, { ...page, organizationId });
    expect(people.page.map(({ name }) => name)).toEqual(["Customer of north"]);
  });
});
