/**
 * Background work in a tenant is given the tenant by whoever starts it: backgroundQuery and
 * backgroundMutation take it as an argument and open nothing else. A function that looks the
 * tenant up by itself, from an event of the platform, opens it with forTenant(), and says why in a
 * comment right above that starts with "Opens a tenant:".
 */

import { explainedAbove } from "./explainedAbove.js";

/** @type {import("eslint").Rule.RuleModule} */
export default {
  meta: {
    type: "problem",
    docs: { description: "Open a tenant by hand only where a comment says why." },
    messages: {
      opens:
        "Use backgroundQuery or backgroundMutation, which take their tenant; or say " +
        '"// Opens a tenant: why" right above.',
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;

    function check(node) {
      const statement = sourceCode.getAncestors(node).findLast(isStatement);
      const lines = [node.loc.start.line, statement?.loc.start.line];
      if (lines.some((line) => explainedAbove(sourceCode, line, "Opens a tenant:"))) return;
      context.report({ node, messageId: "opens" });
    }

    return {
      // However it is got at: ctx.forTenant, ctx["forTenant"], or taken out of ctx first.
      "MemberExpression > Identifier.property[name='forTenant']": check,
      "MemberExpression > Literal.property[value='forTenant']": check,
      "ObjectPattern > Property > .key[name='forTenant']": check,
      "ObjectPattern > Property > .key[value='forTenant']": check,
    };
  },
};

function isStatement(node) {
  return /Statement$|^VariableDeclaration$/.test(node.type);
}
