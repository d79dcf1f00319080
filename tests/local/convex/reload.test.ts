import { writeFileSync } from "node:fs";
import path from "node:path";
import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { connect, startEngine, temporaryFolder, until, httpClient } from "./engine.ts";

/** A folder of functions of one's own. */
function functionsFolder(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, source] of Object.entries(files))
    writeFileSync(path.join(folder, name), source);
  return folder;
}

const greeting = (text: string) => `
import { queryGeneric as query } from "convex/server";
export const hello = query({ args: {}, handler: async () => ${JSON.stringify(text)} });
`;

const schema = (field: string) => `
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({ notes: defineTable({ text: ${field} }) });
`;
const notes = `
import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
export const add = mutation(async ({ db }, { text }) => await db.insert("notes", { text }));
export const all = query(async ({ db }) => (await db.query("notes").collect()).map((note) => note.text));
`;

test("a change of the functions reaches live queries at once", async () => {
  const functionsDir = functionsFolder({ "greetings.ts": greeting("hello") });
  const { url } = await startEngine({ functionsDir, watch: true });
  let seen: string | undefined;
  connect(url).onUpdate(api.greetings!.hello!, {}, (text) => (seen = text));
  await until(() => seen === "hello");
  writeFileSync(path.join(functionsDir, "greetings.ts"), greeting("good evening"));
  await until(() => seen === "good evening");
});

test("functions that cannot be built change nothing, and the log says what is wrong", async () => {
  const functionsDir = functionsFolder({ "greetings.ts": greeting("hello") });
  const engine = await startEngine({ functionsDir, watch: true });
  const client = httpClient(engine.url);
  writeFileSync(path.join(functionsDir, "greetings.ts"), "export const hello = ;");
  const event = await until(() => engine.logs.find(({ topic }) => topic === "engine"));
  expect(event).toMatchObject({ message: expect.stringContaining("greetings.ts:1:21") as string });
  expect(await client.query(api.greetings!.hello!, {})).toBe("hello");
});

test("a schema that the data does not fit is refused and names the document", async () => {
  const functionsDir = functionsFolder({ "notes.ts": notes, "schema.ts": schema("v.string()") });
  const engine = await startEngine({ functionsDir });
  const client = httpClient(engine.url);
  const id = (await client.mutation(api.notes!.add!, { text: "kept" })) as string;
  writeFileSync(path.join(functionsDir, "schema.ts"), schema("v.number()"));
  await expect(engine.reload()).rejects.toThrow(id);
  expect(await client.query(api.notes!.all!, {})).toEqual(["kept"]);
  await client.mutation(api.notes!.add!, { text: "still the old schema" });
});

test("a cron expression that means nothing is refused before anything changes", async () => {
  const crons = (expression: string) => `
    import { cronJobs, makeFunctionReference } from "convex/server";
    const crons = cronJobs();
    crons.cron("tidy up", "${expression}", makeFunctionReference("greetings:hello"));
    export default crons;`;
  const functionsDir = functionsFolder({
    "greetings.ts": greeting("hello"),
    "crons.ts": crons("0 0 * * *"),
  });
  const engine = await startEngine({ functionsDir });
  writeFileSync(path.join(functionsDir, "greetings.ts"), greeting("good evening"));
  writeFileSync(path.join(functionsDir, "crons.ts"), crons("0 0 31 2 *"));
  await expect(engine.reload()).rejects.toThrow(/"tidy up" cannot run/);
  expect(await httpClient(engine.url).query(api.greetings!.hello!, {})).toBe("hello");
});

test("an environment variable that the functions cannot be loaded with is taken back", async () => {
  const functionsDir = functionsFolder({
    "greetings.ts": greeting("hello") + 'if (process.env.BROKEN) throw new Error("cannot run so");',
  });
  const engine = await startEngine({ functionsDir });
  const change = async (changes: { name: string; value: string }[]) => {
    const response = await fetch(`${engine.url}/api/v1/update_environment_variables`, {
      method: "POST",
      headers: { authorization: `Convex ${engine.adminKey}` },
      body: JSON.stringify({ changes }),
    });
    return [response.status, await response.text()];
  };
  const broken = await change([
    { name: "OTHER", value: "x" },
    { name: "BROKEN", value: "yes" },
  ]);
  expect(broken).toEqual([400, expect.stringContaining("cannot run so")]);
  await engine.reload();
  expect(await change([{ name: "FINE", value: "x" }])).toEqual([200, "null"]);
});

test.each([
  ["a query in a Node file", { "bad.ts": `"use node";\n${greeting("x")}` }, /only actions/],
  [
    "Node's modules without the directive",
    { "bad.ts": 'import "node:fs"; export const a = 1;' },
    /"use node"/,
  ],
  [
    "a module that throws",
    { "bad.ts": 'export const a = 1;\nthrow new Error("no");' },
    /bad failed to load: no/,
  ],
  ["an http module without a router", { "http.ts": "export default 5;" }, /httpRouter/],
])("a folder with %s is refused", async (_name, files, reason) => {
  const functionsDir = functionsFolder(files as Record<string, string>);
  await expect(startEngine({ functionsDir })).rejects.toThrow(reason);
});

test("actions in Node files use Node", async () => {
  const functionsDir = functionsFolder({
    "node.ts": `"use node";
      import { createHash } from "node:crypto";
      import { actionGeneric as action } from "convex/server";
      export const digest = action(async (_ctx, { text }) =>
        Buffer.from(createHash("sha256").update(text).digest()).toString("hex") + (process.env.SUFFIX ?? ""));`,
  });
  const { url } = await startEngine({ functionsDir, env: { SUFFIX: "!" } });
  const digest = await httpClient(url).action(api.node!.digest!, { text: "" });
  expect(digest).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855!");
});
