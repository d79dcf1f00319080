/**
 * Convex's own builders and contexts reach every tenant's rows. Only convex/tenancy may
 * use them; everything else starts from convex/tenancy/functions.
 */

/** Names that open the raw database, storage or scheduler, from any of these modules. */
const RAW = {
  server: new Set([
    "query",
    "mutation",
    "action",
    "internalQuery",
    "internalMutation",
    "internalAction",
    "httpAction",
    "QueryCtx",
    "MutationCtx",
    "ActionCtx",
    "DatabaseReader",
    "DatabaseWriter",
  ]),
  "convex/server": new Set([
    "queryGeneric",
    "mutationGeneric",
    "actionGeneric",
    "internalQueryGeneric",
    "internalMutationGeneric",
    "internalActionGeneric",
    "httpActionGeneric",
    "GenericQueryCtx",
    "GenericMutationCtx",
    "GenericActionCtx",
    "GenericDatabaseReader",
    "GenericDatabaseWriter",
  ]),
};

/** @type {import("eslint").Rule.RuleModule} */
export default {
  meta: {
    type: "problem",
    docs: { description: "Keep Convex's raw builders and contexts inside convex/tenancy." },
    messages: {
      raw: "`{{name}}` reaches every tenant's rows. Use a builder of convex/tenancy/functions instead.",
    },
    schema: [],
  },
  create(context) {
    function check(source, specifiers) {
      const names = rawNamesOf(source);
      if (!names) return;
      for (const specifier of specifiers) {
        const imported = specifier.imported ?? specifier.local;
        const name = imported?.name ?? imported?.value ?? "*";
        const whole =
          specifier.type === "ImportNamespaceSpecifier" ||
          specifier.type === "ImportDefaultSpecifier";
        if (whole || names.has(name)) {
          context.report({ node: specifier, messageId: "raw", data: { name } });
        }
      }
    }
    return {
      ImportDeclaration: (node) => check(node.source.value, node.specifiers),
      ExportNamedDeclaration: (node) => node.source && check(node.source.value, node.specifiers),
      ExportAllDeclaration: (node) => {
        if (rawNamesOf(node.source.value)) {
          context.report({ node, messageId: "raw", data: { name: "*" } });
        }
      },
      ImportExpression: (node) => {
        if (node.source.type !== "Literal" || rawNamesOf(String(node.source.value))) {
          context.report({ node, messageId: "raw", data: { name: "import()" } });
        }
      },
    };
  },
};

function rawNamesOf(source) {
  if (/(^|\/)_generated\/server(\.js)?$/.test(source)) return RAW.server;
  return source === "convex/server" ? RAW["convex/server"] : undefined;
}
