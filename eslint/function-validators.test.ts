import { RuleTester } from "eslint";
import { describe, it } from "vitest";
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
