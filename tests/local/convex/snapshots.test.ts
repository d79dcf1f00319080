/** `npx convex export` and `npx convex import` with the real CLI. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { anyApi as api } from "convex/server";
import { convexToJson, type JSONValue, type Value } from "convex/values";
import fc from "fast-check";
import { zipSync, strToU8 } from "fflate";
import { describe, expect, test } from "vitest";
import { fromLine, toLine } from "../../../local/convex/snapshots/format.ts";
import { convex } from "./cliProcess.ts";
import { httpClient, startEngine, temporaryFolder, type TestEngine } from "./engine.ts";
import { value } from "./store/arbitraries.ts";

const SPECIAL: Record<string, Value> = {
  int: 2n ** 62n,
  one: 1,
  big: 1e21,
  minusZero: -0,
  nan: NaN,
  bytes: new Uint8Array([0, 1, 255]).buffer,
  text: "line\nbreak, ü, 😀",
  nested: [{ a: [null, true, 0n] }],
};

/** All that the snapshot functions of the test app can see. */
async function everything(engine: TestEngine): Promise<JSONValue> {
  const client = httpClient(engine.url);
  client.setAdminAuth(engine.adminKey);
  return convexToJson((await client.query(api.snapshots!.everything!, {})) as Value);
}

async function filled(): Promise<TestEngine> {
  const engine = await startEngine();
  const client = httpClient(engine.url);
  await client.mutation(api.snapshots!.add!, { any: SPECIAL });
  await client.mutation(api.components!.like!, { name: "liked" });
  const { id } = await client.action(api.files!.storeText!, { text: "the file's text" });
  await client.mutation(api.snapshots!.add!, { any: { file: id as string } });
  return engine;
}

async function importing(engine: TestEngine, file: string, ...options: string[]) {
  return await convex(engine.url, engine.adminKey, "import", file, "--yes", ...options);
}

function zip(entries: Record<string, string>): string {
  const file = path.join(temporaryFolder(), "made.zip");
  const bytes = Object.entries(entries).map(([name, text]) => [name, strToU8(text)] as const);
  writeFileSync(file, zipSync(Object.fromEntries(bytes)));
  return file;
}

test("every value of Convex survives a line of a snapshot", () => {
  fc.assert(
    fc.property(value, (any) => {
      const json = convexToJson(any);
      expect(fromLine(toLine(json), true)).toEqual(json);
    }),
  );
  expect(toLine(convexToJson({ a: 1, b: 1n, c: -0, d: 0.5 }))).toBe(
    '{"a":1.0,"b":1,"c":-0.0,"d":0.5}',
  );
});

describe("a snapshot", () => {
  test("goes from one deployment to another, with ids, times, components and files", async () => {
    const from = await filled();
    const file = path.join(temporaryFolder(), "snapshot.zip");
    const options = ["--include-file-storage", "--path", file];
    expect(await convex(from.url, from.adminKey, "export", ...options)).toMatchObject({ code: 0 });

    const to = await startEngine();
    // Its tables have other numbers, and documents that are replaced.
    await httpClient(to.url).mutation(api.snapshots!.addOther!, {});
    const done = await importing(to, file, "--replace-all");
    expect(done.stderr).toContain("documents");
    expect(done.code).toBe(0);
    expect(await everything(to)).toEqual(await everything(from));
    const client = httpClient(to.url);
    expect(await client.query(api.components!.totals!, { name: "liked" })).toMatchObject({
      likes: 2,
    });
    const [storageId] = (await client.query(api.snapshots!.files!, {})) as string[];
    const url = await client.query(api.files!.url!, { id: storageId! });
    expect(await (await fetch(url as string)).text()).toBe("the file's text");
    // And new documents come after the imported ones.
    await client.mutation(api.snapshots!.add!, { any: "later" });
    expect(JSON.stringify(await everything(to))).toMatch(/later[^{}]*\}\]/);
  });

  test("with a document that does not fit changes nothing, and says which", async () => {
    const engine = await startEngine();
    await httpClient(engine.url).mutation(api.messages!.send!, { channel: "a", body: "stays" });
    const before = await everything(engine);
    const wrong = zip({
      "snapshot/messages/documents.jsonl":
        '{"channel":"a","body":"new"}\n{"channel":5,"body":"x"}\n',
    });
    const refused = await importing(engine, wrong, "--replace");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("does not match the schema");
    const broken = await importing(engine, zip({ "messages/documents.jsonl": "{" }), "--append");
    expect(broken.stderr).toContain('Line 1 of "messages" is not JSON');
    expect(await everything(engine)).toEqual(before);
  });

  test("or a list of documents can be added to a table, which otherwise must be empty", async () => {
    const engine = await startEngine();
    await httpClient(engine.url).mutation(api.messages!.send!, { channel: "a", body: "old" });
    const file = path.join(temporaryFolder(), "messages.jsonl");
    writeFileSync(file, '{"channel":"a","body":"new"}\n');
    const refused = await importing(engine, file, "--table", "messages");
    expect(refused.stderr).toContain('Table "messages" already exists');
    await importing(engine, file, "--table", "messages", "--append");
    const client = httpClient(engine.url);
    expect(await client.query(api.messages!.bodies!, { channel: "a" })).toEqual(["old", "new"]);
  });

  test("can be a CSV, whose numbers are numbers, and which is refused whole if a row is short", async () => {
    const engine = await startEngine();
    const file = path.join(temporaryFolder(), "counters.csv");
    writeFileSync(file, 'name, value\n"Müller, Söhne",1.5e3\n007x,-3\n');
    await importing(engine, file, "--table", "counters");
    const client = httpClient(engine.url);
    client.setAdminAuth(engine.adminKey);
    const value = (name: string) => client.query(api.counters!.get!, { name });
    expect([await value("Müller, Söhne"), await value("007x")]).toEqual([1500, -3]);
    writeFileSync(file, "name,value\nlater,1\nshort\n");
    const refused = await importing(engine, file, "--table", "counters", "--append");
    expect(refused.stderr).toContain("Row 2 of the CSV has 1 fields, but the header 2.");
    expect(await value("later")).toBe(0);
  });

  test("is for the holder of the admin key only", async () => {
    const { url } = await startEngine();
    for (const target of ["export/request/zip", "import/start_upload", "perform_import"]) {
      expect((await fetch(`${url}/api/${target}`, { method: "POST" })).status).toBe(403);
    }
    expect((await fetch(`${url}/api/export/zip/1`)).status).toBe(403);
  });
});
