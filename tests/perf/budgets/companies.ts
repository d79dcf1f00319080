import { randomBytes } from "node:crypto";
import { convexToJson, type JSONValue } from "convex/values";
import {
  ALL_TABLES,
  CROSS_TENANT_INDEXES,
  isPlatformTable,
} from "../../../convex/tenancy/tables.ts";
import schema from "../../../convex/schema.ts";
import { encodeId } from "../../../local/convex/store/ids.ts";
import type { FieldsJson, WriteTransaction } from "../../../local/convex/store/types.ts";
import { FILES } from "../../../local/convex/systemTables.ts";
import { backend } from "../../support/backend.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

/** The staff member there is may do anything that staff may. */
export const STAFF_LEVEL = "owner";

/** The platform's tables with one row for every company. */
const ONE_PER_COMPANY = ["tenants", "tenantSummaries"];

/** The company that is set up first. */
export const FIRST = 0;

export type Row = { table: string; fields: FieldsJson };

/** A company as signUp() leaves it: its people and ids, and every row that is stored of it. */
export type Company = { tenant: TestTenant; rows: Row[] };

/** Signs a company up on convex-test, makes somebody staff, and takes all that is stored then. */
export async function sampleCompany(): Promise<Company> {
  const t = backend();
  const tenant = await signUp(t, "north");
  await staffOf(t, STAFF_LEVEL);
  const rows = await t.run(async ({ db }) => {
    // Room for as many as one likes; a lead that has an assignee, an invitation that has a mail.
    const limits = ["users", "leadsPerMonth", "storageGb"] as const;
    await db.patch("tenants", tenant.tenantId, {
      overrides: [
        ...limits.map((limit) => ({ limit, value: null })),
        { feature: "siteSurvey" as const, on: true },
      ],
    });
    await db.patch("leads", tenant.leadId, { assigneeId: tenant.memberId });
    const mail = await db.query("emails").first();
    await db.patch("invitations", tenant.invitationId, { emailId: mail!._id });
    const found: Row[] = [];
    for (const table of ALL_TABLES) {
      for (const row of await db.query(table).collect()) found.push(asJson(table, row));
    }
    for (const row of await db.system.query("_storage").collect()) {
      found.push(asJson("_storage", row));
    }
    return found;
  });
  return { tenant, rows };
}

/**
 * Sets the sample up as the company of that number: the same rows under ids of their own. What
 * must differ between companies, such as its people's user ids, begins with the number. Sunup's
 * own rows come with the first company only.
 */
export function addCompany(tx: WriteTransaction, sample: Company, number: number): Company {
  const names = new Map<string, string>();
  const newId = idMaker(tx);
  const ownRows = sample.rows.filter(
    ({ table }) => number === FIRST || ONE_PER_COMPANY.includes(table) || !isPlatformTable(table),
  );
  for (const { table, fields } of ownRows) {
    names.set(fields._id as string, newId(table));
    for (const field of distinctFields(table)) {
      const value = fields[field];
      if (typeof value === "string" && !names.has(value)) names.set(value, numbered(value, number));
    }
  }
  const rows = ownRows.map(({ table, fields }) => ({
    table,
    fields: renamed(fields, names) as FieldsJson,
  }));
  for (const { table, fields } of rows) {
    tx.importDocument("", table, fields);
    // Where its bytes are; nobody reads them.
    if (table === "_storage") {
      tx.insert("", FILES, { storageId: fields._id!, component: "", uuid: fields._id! });
    }
  }
  return { rows, tenant: renamed(sample.tenant, names) as TestTenant };
}

/** Makes ids of a table that nothing has yet. */
export function idMaker(tx: WriteTransaction): (table: string) => string {
  const numbers = new Map(
    tx
      .tables()
      .flatMap(({ component, name, number }) => (component === "" ? [[name, number]] : [])),
  );
  return (table) => {
    const tableNumber = numbers.get(table);
    if (tableNumber === undefined) throw new Error(`The deployment has no table "${table}".`);
    return encodeId({ tableNumber, internalId: randomBytes(16) });
  };
}

/** The text with the number in place of its beginning: as long as before, for what checks a shape. */
export function numbered(text: string, number: number): string {
  return `${String(number).padStart(6, "0")}${text.slice(6)}`;
}

/** The value with every text in it that has another name now under that name. */
export function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, renamed(each, names)]),
  );
}

/** Fields by which a row is looked for in all companies together; what narrows it further may be alike. */
function distinctFields(table: string): string[] {
  const indexes = Object.keys(CROSS_TENANT_INDEXES).filter((name) => name.startsWith(`${table}.`));
  const fields = indexes.flatMap((name) => {
    const definitions = schema.tables[table as "members"][" indexes"]();
    const found = definitions.find((each) => `${table}.${each.indexDescriptor}` === name);
    return found?.fields.slice(0, 1) ?? [];
  });
  return table === "tenants" ? ["slug"] : fields;
}

function asJson(table: string, row: object): Row {
  return { table, fields: convexToJson(row as never) as { [field: string]: JSONValue } };
}
