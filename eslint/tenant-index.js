/**
 * Every index of a tenant's table leads with tenantId, so that a query never reads another
 * tenant's rows to drop them. An index that must cross tenants says why in a comment above
 * it that starts with "Crosses tenants:", and stands on CROSS_TENANT_INDEXES.
 */

import { explainedAbove } from "./explainedAbove.js";

/** @type {import("eslint").Rule.RuleModule} */
export default {
  meta: {
    type: "problem",
    docs: { description: "Let every index of a tenant's table lead with tenantId." },
    messages: {
      lead: 'The index "{{name}}" must lead with "tenantId", or say "// Crosses tenants: why" above it.',
      filter: 'The index "{{name}}" must have "tenantId" among its filterFields.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;

    return {
      CallExpression(node) {
        const method = node.callee.type === "MemberExpression" && node.callee.property.name;
        if (!["index", "searchIndex", "vectorIndex"].includes(method)) return;
        if (!definesTenantTable(node.callee.object)) return;
        const { line } = node.callee.property.loc.start;
        if (explainedAbove(sourceCode, line, "Crosses tenants:")) return;
        const [name, definition] = node.arguments;
        const ok =
          method === "index" ? leadsWithTenantId(definition) : filtersByTenantId(definition);
        if (ok) return;
        const data = { name: name?.value ?? "?" };
        context.report({ node, messageId: method === "index" ? "lead" : "filter", data });
      },
    };
  },
};

/** True for defineTable({ tenantId: … }) with any number of calls chained behind it. */
function definesTenantTable(node) {
  if (node.type !== "CallExpression") return false;
  if (node.callee.type === "MemberExpression") return definesTenantTable(node.callee.object);
  const [fields] = node.arguments;
  return node.callee.name === "defineTable" && propertyOf(fields, "tenantId") !== undefined;
}

/** The fields of `.index("name", [...])` or `.index("name", { fields: [...] })`. */
function leadsWithTenantId(definition) {
  const fields =
    definition?.type === "ObjectExpression" ? propertyOf(definition, "fields") : definition;
  return fields?.type === "ArrayExpression" && fields.elements[0]?.value === "tenantId";
}

function filtersByTenantId(definition) {
  const fields = propertyOf(definition, "filterFields");
  return (
    fields?.type === "ArrayExpression" && fields.elements.some((each) => each?.value === "tenantId")
  );
}

function propertyOf(object, name) {
  if (object?.type !== "ObjectExpression") return undefined;
  return object.properties.find((each) => each.key?.name === name || each.key?.value === name)
    ?.value;
}
