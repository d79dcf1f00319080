import { RuleTester } from "eslint";
import { describe, it } from "vitest";
import rule from "./tenant-index.js";

RuleTester.describe = describe;
RuleTester.it = it;

const table = 'defineTable({ tenantId: v.id("tenants"), name: v.string() })';

new RuleTester().run("tenant-index", rule, {
  valid: [
    `${table}.index("by_tenant", ["tenantId"])`,
    `${table}.index("by_tenant", { fields: ["tenantId", "name"] })`,
    `${table}.index("a", ["tenantId"]).index("b", ["tenantId", "name"])`,
    `${table}.searchIndex("search", { searchField: "name", filterFields: ["tenantId"] })`,
    `defineTable({ name: v.string() }).index("by_name", ["name"])`,
    `${table}\n  // Crosses tenants: finds the membership of a token.\n  .index("by_name", ["name"])`,
    `somethingElse.index("by_name", ["name"])`,
  ],
  invalid: [
    {
      code: `${table}.index("by_name", ["name"])`,
      errors: [{ messageId: "lead", data: { name: "by_name" } }],
    },
    {
      code: `${table}.index("by_name", ["name", "tenantId"])`,
      errors: [{ messageId: "lead", data: { name: "by_name" } }],
    },
    {
      code: `${table}.index("good", ["tenantId"]).index("bad", ["name"])`,
      errors: [{ messageId: "lead", data: { name: "bad" } }],
    },
    {
      code: `${table}.index("by_name", fieldsFromElsewhere)`,
      errors: [{ messageId: "lead", data: { name: "by_name" } }],
    },
    {
      code: `${table}\n  // Crosses tenants:\n  .index("by_name", ["name"])`,
      errors: [{ messageId: "lead", data: { name: "by_name" } }],
    },
    {
      code: `${table}.searchIndex("search", { searchField: "name" })`,
      errors: [{ messageId: "filter", data: { name: "search" } }],
    },
    {
      code: `${table}.vectorIndex("near", { vectorField: "v", dimensions: 3, filterFields: ["name"] })`,
      errors: [{ messageId: "filter", data: { name: "near" } }],
    },
  ],
});
