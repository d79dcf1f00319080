import { RuleTester } from "eslint";
import { describe, it } from "vitest";
import rule from "./opens-tenant.js";

RuleTester.describe = describe;
RuleTester.it = it;

const why = "// Opens a tenant: the event names a user, and the company is what is looked up.";
const errors = [{ messageId: "opens" }];

new RuleTester().run("opens-tenant", rule, {
  valid: [
    `${why}\nctx.forTenant(tenantId).db.patch("members", id, {});`,
    `${why}\nconst { db } = ctx.forTenant(tenantId);`,
    `async () => {\n  ${why}\n  await ctx\n    .forTenant(tenantId)\n    .db.delete("members", id);\n}`,
    `async () => {\n  await ctx\n    ${why}\n    .forTenant(tenantId);\n}`,
    `// Opens a tenant: the event names a user,\n// and the company is what is looked up.\nctx.forTenant(id);`,
    `${why}\nfunction handler({ forTenant }) { return 1; }`,
    `db.patch("members", id, {})`,
    `const tenants = { forTenant: 1 }`,
  ],
  invalid: [
    { code: `ctx.forTenant(tenantId)`, errors },
    { code: `ctx["forTenant"](tenantId)`, errors },
    { code: `const open = ctx.forTenant;`, errors },
    { code: `const { forTenant } = ctx;`, errors },
    { code: `const { forTenant: open } = ctx;`, errors },
    { code: `const { "forTenant": open } = ctx;`, errors },
    { code: `const handler = async ({ forTenant }, args) => null;`, errors },
    // No reason, another reason, or one that stands elsewhere.
    { code: `// Opens a tenant:\nctx.forTenant(tenantId)`, errors },
    { code: `// Crosses tenants: because it has to.\nctx.forTenant(tenantId)`, errors },
    { code: `${why}\n\nctx.forTenant(tenantId)`, errors },
    { code: `${why}\nctx.forTenant(a);\nctx.forTenant(b);`, errors },
    { code: `${why}\nasync () => {\n  await ctx.forTenant(a);\n}`, errors },
    { code: `ctx.forTenant(tenantId); ${why}`, errors },
  ],
});
