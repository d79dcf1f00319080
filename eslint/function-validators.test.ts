import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Linter, RuleTester } from "eslint";
import { describe, expect, it } from "vitest";
import rule from "./function-validators.js";

RuleTester.describe = describe;
RuleTester.it = it;

const missing = (builder: string, property: string) => ({
  messageId: "missing",
  data: { builder, property },
});

new RuleTester().run("function-validators", rule, {
  valid: [
    `tenantQuery({ permission: "projects.read", args: {}, returns: v.null(), handler })`,
    `customQuery(query, { args: {} })`,
    `tenantQuery(definition)`,
  ],
  invalid: [
    {
      code: `tenantQuery({ args: {}, handler })`,
      errors: [missing("tenantQuery", "returns")],
    },
    {
      code: `systemMutation({ returns: v.null(), handler })`,
      errors: [missing("systemMutation", "args")],
    },
    {
      code: `signedInMutation({ handler })`,
      errors: [missing("signedInMutation", "args"), missing("signedInMutation", "returns")],
    },
    {
      code: `tenantMutation({ args: {}, returns: v.any(), handler })`,
      errors: [{ messageId: "any", data: { builder: "tenantMutation", property: "returns" } }],
    },
  ],
});

describe("the builders of convex/tenancy/functions.ts", () => {
  const file = join(import.meta.dirname, "../convex/tenancy/functions.ts");
  const builders = [...readFileSync(file, "utf8").matchAll(/^export const (\w+) = custom/gm)];

  it.each(builders.map(([, name]) => name!))("include %s, which is checked", (builder) => {
    const found = new Linter().verify(`${builder}({ handler });`, {
      plugins: { sunup: { rules: { "function-validators": rule } } },
      rules: { "sunup/function-validators": "error" },
    });
    expect(found.map(({ messageId }) => messageId)).toEqual(["missing", "missing"]);
  });
});
