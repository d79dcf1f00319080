/** Every function says what it takes and what it gives: `args` and `returns`, and never "anything". */

const BUILDER =
  /^(archive|tenant|personal|assisted|member|background|signedIn|guest|system|staff)\w*(Query|Mutation|Action)$/;

/** @type {import("eslint").Rule.RuleModule} */
export default {
  meta: {
    type: "problem",
    docs: { description: "Require args and returns validators on every function." },
    messages: {
      missing: "Give this {{builder}} a `{{property}}` validator.",
      any: "`{{property}}` of this {{builder}} may not be v.any(): it would let everything through.",
    },
    schema: [],
  },
  create(context) {
    return {
      CallExpression(node) {
        const builder = node.callee.type === "Identifier" ? node.callee.name : "";
        const [definition] = node.arguments;
        if (!BUILDER.test(builder) || definition?.type !== "ObjectExpression") return;
        for (const property of ["args", "returns"]) {
          const found = definition.properties.find((each) => each.key?.name === property);
          const data = { builder, property };
          if (!found) context.report({ node, messageId: "missing", data });
          else if (isAny(found.value)) context.report({ node: found, messageId: "any", data });
        }
      },
    };
  },
};

function isAny(node) {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    node.callee.object.name === "v" &&
    node.callee.property.name === "any"
  );
}
