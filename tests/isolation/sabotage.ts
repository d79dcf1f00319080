import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/**
 * `npm run test:sabotage`: would the suite notice if a guard fell? Takes away each wall
 * and each guard in turn, in a copy of the project, and runs the isolation and unit
 * suites there. Exits 1 when a guard can be removed without any test failing, or when
 * the code to remove is no longer there.
 */

type Sabotage = { what: string; file: string; remove: string; put: string };

const SABOTAGES: Sabotage[] = [
  {
    what: "permissions are not checked",
    file: "convex/tenancy/member.ts",
    remove: "if (!caller.permissions.includes(permission)) throw",
    put: "if (false) throw",
  },
  {
    what: "deactivated members may come in",
    file: "convex/tenancy/member.ts",
    remove: 'if (member.status !== "active") throw',
    put: "if (false) throw",
  },
  {
    what: "members of suspended tenants may come in",
    file: "convex/tenancy/member.ts",
    remove: 'if (tenant.status === "suspended" || tenant.status === "closed")',
    put: "if (false)",
  },
  {
    what: "the scoped database hands out foreign rows by id",
    file: "convex/tenancy/scopedDb.ts",
    remove: "if (row === null || row.tenantId === scope.tenantId) return row;",
    put: "return row;",
  },
  {
    what: "the scoped database does not bind tenantId in queries",
    file: "convex/tenancy/scopedDb.ts",
    remove: 'const behind = q.eq("tenantId", scope.tenantId);',
    put: 'const behind = q as never as import("convex/server").IndexRange;',
  },
  {
    what: "indexes that cross tenants are let through",
    file: "convex/tenancy/scopedDb.ts",
    remove: "if (leadsWithTenantId(table, index)) return index;",
    put: "return index;",
  },
  {
    what: "callers may write tenantId",
    file: "convex/tenancy/scopedDb.ts",
    remove: 'if ("tenantId" in value) throw',
    put: "if (false) throw",
  },
  {
    what: "platform tables and forms without a table name are let through",
    file: "convex/tenancy/scopedDb.ts",
    remove: "if (isTenantTable(table)) return table;",
    put: "return table;",
  },
  {
    what: "inserts may refer to foreign rows",
    file: "convex/tenancy/scopedDb.ts",
    remove: 'await requireOwnReferences(db, scope, "insert", table, value);',
    put: "",
  },
  {
    what: "patches may refer to foreign rows",
    file: "convex/tenancy/scopedDb.ts",
    remove: 'await requireOwnReferences(db, scope, "patch", table, change);',
    put: "",
  },
  {
    what: "replacements may refer to foreign rows",
    file: "convex/tenancy/scopedDb.ts",
    remove: 'await requireOwnReferences(db, scope, "replace", table, value);',
    put: "",
  },
  {
    what: "denied accesses are not recorded",
    file: "convex/tenancy/scopedDb.ts",
    remove: 'recordDenied({ type: "crossTenantAccess", operation, table, rowId, ...scope });',
    put: "",
  },
  {
    what: "row-level security lets every row through",
    file: "convex/tenancy/rules.ts",
    remove: "owns: (row) => row.tenantId === scope.tenantId,",
    put: "owns: () => true,",
  },
  {
    what: "row-level security opens platform tables to tenants",
    file: "convex/tenancy/rules.ts",
    remove: "opens: isTenantTable,",
    put: "opens: (table) => isTenantTable(table) || isPlatformTable(table),",
  },
  {
    what: "row-level security opens tenants' tables to the platform",
    file: "convex/tenancy/rules.ts",
    remove: "opens: isPlatformTable,",
    put: "opens: (table) => isPlatformTable(table) || isTenantTable(table),",
  },
  {
    what: "row-level security does not record what it stops",
    file: "convex/tenancy/rules.ts",
    remove: 'recordDenied({ type: "crossTenantAccess", operation, table, rowId: _id, ...scope });',
    put: "void [operation, table, _id];",
  },
  {
    what: "row-level security takes any table, and calls without a table's name",
    file: "convex/tenancy/rowSecurity.ts",
    remove: "if (rule.opens(table)) return table;",
    put: "return table;",
  },
  {
    what: "row-level security hands out foreign rows by id",
    file: "convex/tenancy/rowSecurity.ts",
    remove: 'return row !== null && passes(rule, "get", table, row) ? row : null;',
    put: "return row;",
  },
  {
    what: "row-level security takes foreign rows in inserts",
    file: "convex/tenancy/rowSecurity.ts",
    remove: 'requirePass(rule, "insert", opened(rule, table), value);',
    put: "opened(rule, table);",
  },
  {
    what: "row-level security changes foreign rows",
    file: "convex/tenancy/rowSecurity.ts",
    remove: "requirePass(rule, operation, table, row);",
    put: "void operation;",
  },
  {
    what: "row-level security lets a patch move a row to another tenant",
    file: "convex/tenancy/rowSecurity.ts",
    remove: 'requirePass(rule, "patch", table, { ...row, ...value });',
    put: "void row;",
  },
  {
    what: "row-level security lets a replacement move a row to another tenant",
    file: "convex/tenancy/rowSecurity.ts",
    remove: 'requirePass(rule, "replace", table, { ...value, _id });',
    put: "void _id;",
  },
  {
    what: "a secured query collects foreign rows",
    file: "convex/tenancy/securedQuery.ts",
    remove: "return this.#own(await this.#query.collect());",
    put: "return await this.#query.collect();",
  },
  {
    what: "a secured query gives pages with foreign rows",
    file: "convex/tenancy/securedQuery.ts",
    remove: "page: this.#own(result.page)",
    put: "page: result.page",
  },
  {
    what: "a secured query takes foreign rows",
    file: "convex/tenancy/securedQuery.ts",
    remove: "if (rows.every(this.#filter.owns)) return rows;",
    put: "return rows;",
  },
  {
    what: "a secured query stops short behind a foreign row",
    file: "convex/tenancy/securedQuery.ts",
    remove: "if (rows.every(this.#filter.owns)) return rows;",
    put: "if (rows.every(this.#filter.owns)) return rows;\n    if (rows.length > 0) return this.#own(rows);",
  },
  {
    what: "a secured query is iterated over unchecked",
    file: "convex/tenancy/securedQuery.ts",
    remove: "if (this.#passes(row)) yield row;",
    put: "yield row;",
  },
  {
    what: "whoever knows a fresh storage id may claim it",
    file: "convex/tenancy/files.ts",
    remove: "hexadecimal(stored.sha256) !== upload.sha256",
    put: "false",
  },
  {
    what: "a file may be claimed that was stored before the upload began",
    file: "convex/tenancy/files.ts",
    remove: "stored._creationTime < upload._creationTime ||",
    put: "",
  },
  {
    what: "a stored file may be claimed twice",
    file: "convex/tenancy/files.ts",
    remove: "const stored = owner === null ?",
    put: "const stored = true ?",
  },
  {
    what: "members may claim what their colleagues are sending",
    file: "convex/tenancy/files.ts",
    remove: "upload.uploadedBy !== member._id ||",
    put: "",
  },
  {
    what: "tenants' functions write the files wall's tables",
    file: "convex/tenancy/scopedDb.ts",
    remove: "if (isWalled(table)) throw",
    put: "if (false) throw",
  },
  {
    what: "the sweep removes claimed files",
    file: "convex/tenancy/fileSweep.ts",
    remove: "if ((await ownerOf(db, _id)) === null)",
    put: "if (_id)",
  },
  {
    what: "provisioning is not idempotent",
    file: "convex/model/provisioning.ts",
    remove: "if (existing !== null) return existing.tenantId;",
    put: "",
  },
  {
    what: "a repeated webhook is done again",
    file: "convex/provisioning.ts",
    remove: "if (known !== null) return",
    put: "if (false) return",
  },
  {
    what: "webhooks need no signature",
    file: "convex/webhooks/clerk.ts",
    remove: "if (!isSigned(secret, body, request.headers)) return",
    put: "if (false) return",
  },
  {
    what: "an unconfirmed address may set up a company",
    file: "convex/onboarding.ts",
    remove: "if (email === undefined || emailVerified !== true) throw",
    put: "if (email === undefined) throw",
  },
];

const PROJECT = resolve(import.meta.dirname, "../..");
const COPIED = [
  "convex",
  "lib",
  "tests",
  "eslint",
  "vitest.config.ts",
  "tsconfig.json",
  "package.json",
];

const copy = await mkdtemp(join(tmpdir(), "sunup-sabotage-"));
try {
  for (const each of COPIED) await cp(join(PROJECT, each), join(copy, each), { recursive: true });
  await symlink(join(PROJECT, "node_modules"), join(copy, "node_modules"));
  if (!(await passes())) throw new Error("The suites fail before anything is sabotaged.");

  let unnoticed = 0;
  for (const sabotage of SABOTAGES) {
    const noticed = !(await passesWith(sabotage));
    if (!noticed) unnoticed++;
    console.log(`${noticed ? "noticed  " : "UNNOTICED"}  ${sabotage.what}`);
  }
  console.log(`${SABOTAGES.length - unnoticed} passed, ${unnoticed} failed`);
  process.exitCode = unnoticed === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function passesWith({ file, remove, put, what }: Sabotage): Promise<boolean> {
  const path = join(copy, file);
  const source = await readFile(path, "utf8");
  if (!source.includes(remove)) throw new Error(`${file} no longer has what "${what}" removes.`);
  await writeFile(path, source.replace(remove, put));
  try {
    return await passes();
  } finally {
    await writeFile(path, source);
  }
}

async function passes(): Promise<boolean> {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const suites = ["tests/isolation", "tests/domain/clerkWebhook", "tests/domain/onboarding"];
  try {
    await promisify(execFile)(
      process.execPath,
      [vitest, "run", "--bail=1", "--project=isolation", "--project=unit", ...suites],
      { cwd: copy },
    );
    return true;
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "number") return false;
    throw error;
  }
}
