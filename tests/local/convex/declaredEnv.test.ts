/** Environment variables that convex.config.ts declares. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { generateCode } from "../../../local/convex/functions/codegen.ts";
import { httpClient, startEngine, temporaryFolder } from "./engine.ts";

const app = (uses = "") => `
import { defineApp } from "convex/server";
import { v } from "convex/values";
import mailer from "./mailer/convex.config";
const app = defineApp({
  env: { GREETING: v.optional(v.union(v.literal("hey"), v.literal("yo"))), SENDER: v.string() },
});
${uses}
export default app;
`;
const MAILER = `
import { defineComponent } from "convex/server";
import { v } from "convex/values";
export default defineComponent("mailer", { env: { FROM: v.string(), LANGUAGE: v.optional(v.string()) } });
`;
const GREETINGS = `
import { queryGeneric as query } from "convex/server";
export const all = query({ args: {}, handler: async () => [process.env.GREETING ?? null, process.env.SENDER] });
`;

function folder(uses?: string): string {
  const functionsDir = temporaryFolder();
  mkdirSync(path.join(functionsDir, "mailer"));
  writeFileSync(path.join(functionsDir, "convex.config.ts"), app(uses));
  writeFileSync(path.join(functionsDir, "mailer", "convex.config.ts"), MAILER);
  writeFileSync(path.join(functionsDir, "greetings.ts"), GREETINGS);
  return functionsDir;
}

test("functions see them, and one that is optional may be missing", async () => {
  const { url } = await startEngine({ functionsDir: folder(), env: { SENDER: "ada" } });
  expect(await httpClient(url).query(api.greetings!.all!, {})).toEqual([null, "ada"]);
});

test("one that is required must be set, and all must fit", async () => {
  const functionsDir = folder();
  await expect(startEngine({ functionsDir, env: {} })).rejects.toThrow(
    "Required environment variables are not set: SENDER.",
  );
  await expect(
    startEngine({ functionsDir, env: { SENDER: "ada", GREETING: "hello" } }),
  ).rejects.toThrow("Environment variable GREETING does not match its declared validator");
});

test.each([
  ["", 'Component "mailer" is not given its env var "FROM"'],
  ['env: { FROM: app.env.SENDER, TO: "x" }', 'Component "mailer" has no env var named "TO"'],
  ["env: { FROM: app.env.GREETING }", 'Component "mailer" is not given its env var "FROM"'],
])("a component must be given what it declares and no more: {%s}", async (options, message) => {
  const functionsDir = folder(`app.use(mailer, { ${options} });`);
  await expect(startEngine({ functionsDir, env: { SENDER: "ada" } })).rejects.toThrow(message);
});

test("code is generated for a folder whose variables are not set yet", async () => {
  const functionsDir = folder("app.use(mailer, { env: { FROM: app.env.SENDER } });");
  expect(await generateCode(functionsDir)).toContain("api.d.ts");
});

test("a component takes a variable of its parent", async () => {
  const functionsDir = folder("app.use(mailer, { env: { FROM: app.env.SENDER } });");
  const { url } = await startEngine({ functionsDir, env: { SENDER: "ada", GREETING: "yo" } });
  expect(await httpClient(url).query(api.greetings!.all!, {})).toEqual(["yo", "ada"]);
});
