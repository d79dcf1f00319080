import { RuleTester } from "eslint";
import { describe, it } from "vitest";
import rule from "./no-raw-convex.js";

RuleTester.describe = describe;
RuleTester.it = it;

const raw = (name: string) => ({ messageId: "raw", data: { name } });

new RuleTester().run("no-raw-convex", rule, {
  valid: [
    `import { tenantQuery } from "./tenancy/functions";`,
    `import { paginationOptsValidator, httpRouter } from "convex/server";`,
    `import { query } from "./somewhere";`,
  ],
  invalid: [
    { code: `import { query } from "./_generated/server";`, errors: [raw("query")] },
    { code: `import { query as q } from "../_generated/server";`, errors: [raw("query")] },
    {
      code: `import { internalAction, httpAction } from "./_generated/server.js";`,
      errors: [raw("internalAction"), raw("httpAction")],
    },
    { code: `import * as server from "./_generated/server";`, errors: [raw("server")] },
    { code: `import { mutationGeneric } from "convex/server";`, errors: [raw("mutationGeneric")] },
    { code: `export { mutation } from "./_generated/server";`, errors: [raw("mutation")] },
    { code: `export * from "./_generated/server";`, errors: [raw("*")] },
    { code: `await import("./_generated/server");`, errors: [raw("import()")] },
    { code: `await import(name);`, errors: [raw("import()")] },
  ],
});
