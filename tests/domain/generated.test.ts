import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { modules } from "../support/backend.ts";

it("convex/_generated knows every module: run `npm run codegen` and commit what it writes", async () => {
  const api = await readFile(new URL("../../convex/_generated/api.d.ts", import.meta.url), "utf8");
  const known = [...api.matchAll(/from "\.\.\/(.+)\.js";/g)].map(([, path]) => path);
  const present = Object.keys(modules)
    .map((file) => file.replace("../../convex/", "").replace(/\.[jt]sx?$/, ""))
    .filter((path) => !path.startsWith("_generated/") && !["schema", "auth.config"].includes(path));
  expect(known.sort()).toEqual(present.sort());
});
