/**
 * Makes every loop of bundled code ask whether it may go on (runtime/ownTime.ts answers): functions
 * share one thread with the engine, and nothing outside of that thread could stop one of them without
 * harm to the others. Code is only inserted, and within its line, so that source maps still fit.
 */
import { parse, type Node } from "acorn";

const GUARD = "__mayGoOn";

/** `code` with a guard in each loop, imported from `module`; code without loops stays as it is. */
export function guardLoops(code: string, module: string): string {
  const insertions: [position: number, text: string][] = [];
  const program = parsed(code);
  if (program === null) return code;
  visit(program, (node) => {
    const body = isLoop(node.type) ? (node as Node & { body: Node }).body : null;
    if (body === null) return;
    if (body.type === "BlockStatement") {
      insertions.push([body.start + 1, `${GUARD}();`]);
    } else {
      insertions.push([body.start, `{${GUARD}();`]);
      insertions.push([body.end, "}"]);
    }
  });
  if (insertions.length === 0) return code;
  // Loops inside of loops: at one place, what was found first ends last.
  const ordered = insertions
    .map(([position, text], order) => ({ position, text, order }))
    .sort(
      (a, b) => a.position - b.position || (a.text === "}" ? b.order - a.order : a.order - b.order),
    );
  const parts = [`import{${GUARD}}from${JSON.stringify(module)};`];
  let copied = 0;
  for (const { position, text } of ordered) {
    parts.push(code.slice(copied, position), text);
    copied = position;
  }
  parts.push(code.slice(copied));
  return parts.join("");
}

/** The module that the guards come from; `check` is an expression for what answers every 100th time. */
export function guardModule(check: string): string {
  return [
    `const check = ${check};`,
    "let left = 0;",
    `export function ${GUARD}() { if (left-- > 0) return; left = check(); }`,
  ].join("\n");
}

/** Null for syntax so new that only Node knows it: that code runs without guards. */
function parsed(code: string): Node | null {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module" });
  } catch {
    return null;
  }
}

function isLoop(type: string): boolean {
  return (
    type === "ForStatement" ||
    type === "WhileStatement" ||
    type === "DoWhileStatement" ||
    type === "ForOfStatement" ||
    type === "ForInStatement"
  );
}

/** Parents before children. */
function visit(node: Node, seen: (node: Node) => void): void {
  const stack: Node[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    seen(next);
    for (const value of Object.values(next) as unknown[]) {
      if (Array.isArray(value)) {
        for (const element of value as unknown[]) if (isNode(element)) stack.push(element);
      } else if (isNode(value)) stack.push(value);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
