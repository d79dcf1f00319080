import { expect, test } from "vitest";
import { guardLoops } from "../../../local/convex/functions/loopGuard.ts";

/** What guarded code gives back, and how often its loops asked. */
function run(body: string): { result: unknown; asked: number } {
  const code = guardLoops(`function run() { ${body} }`, "guard").replace(/^import[^;]*;/, "");
  let asked = 0;
  const make = new Function("__mayGoOn", `${code}; return run();`);
  const result: unknown = make(() => void asked++);
  return { result, asked };
}

test("every kind of loop asks once a round, and does what it did", () => {
  const loops: [string, unknown, number][] = [
    ["let s = 0; for (let i = 0; i < 3; i++) { s += i; } return s;", 3, 3],
    ["let s = 0; for (let i = 0; i < 3; i++) s += i; return s;", 3, 3],
    ["let s = 0; for (const i of [1, 2]) for (const j of [1, 2]) s += i * j; return s;", 9, 6],
    [
      "let s = ''; for (const k in { a: 1, b: 2 }) if (k) s += k; else s += '?'; return s;",
      "ab",
      2,
    ],
    ["let i = 0; while (i < 2) i++; return i;", 2, 2],
    ["let i = 0; do i++; while (i < 2); return i;", 2, 2],
    ["let i = 0; a: for (;;) { while (true) { if (i++ > 2) break a; } } return i;", 4, 5],
    ["let i = 0; if (true) while (i < 2) i++; else i = 9; return i;", 2, 2],
    ["const s = 'for (;;) {}'; return s.length;", 11, 0],
    ["return [1, 2].map((x) => { for (;;) return x; }).length;", 2, 2],
  ];
  for (const [body, result, asked] of loops)
    expect([body, run(body)]).toEqual([body, { result, asked }]);
});

test("lines stay where they are, and code without loops or of unknown syntax is left alone", () => {
  const code = "let a;\nfor (;;)\n  a();\nb();\n";
  expect(guardLoops(code, "guard").split("\n")).toHaveLength(code.split("\n").length);
  expect(guardLoops("let a;", "guard")).toBe("let a;");
  expect(guardLoops("for (;;) @@@", "guard")).toBe("for (;;) @@@");
});
