import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { anyApi as api } from "convex/server";
import { afterEach, expect, test, vi } from "vitest";
import { startEngine, until, httpClient } from "./engine.ts";

afterEach(() => void vi.useRealTimers());

async function start(dataDir?: string) {
  const engine = await startEngine(dataDir === undefined ? {} : { dataDir });
  const client = httpClient(engine.url);
  const upload = async (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ) => {
    const url = (await client.mutation(api.files!.uploadUrl!, {})) as string;
    return await fetch(url, { method: "POST", body, headers });
  };
  return { engine, client, upload };
}

test("a file that was uploaded can be read, described and downloaded", async () => {
  const { client, upload } = await start();
  const response = await upload("hello world", { "content-type": "text/plain" });
  expect(response.status).toBe(200);
  const { storageId: id } = (await response.json()) as { storageId: string };
  expect(await client.query(api.files!.metadata!, { id })).toMatchObject({
    _id: id,
    size: 11,
    contentType: "text/plain",
    sha256: "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=",
  });
  const download = await fetch((await client.query(api.files!.url!, { id })) as string);
  expect(download.headers.get("content-type")).toBe("text/plain");
  expect(await download.text()).toBe("hello world");
});

test("parts of a file can be downloaded", async () => {
  const { client, upload } = await start();
  const { storageId: id } = (await (await upload("0123456789")).json()) as { storageId: string };
  const url = (await client.query(api.files!.url!, { id })) as string;
  const part = async (range: string) => {
    const response = await fetch(url, { headers: { range } });
    return [response.status, response.headers.get("content-range"), await response.text()];
  };
  expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
  expect(await part("bytes=7-")).toEqual([206, "bytes 7-9/10", "789"]);
  expect(await part("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
  expect((await part("bytes=10-"))[0]).toBe(416);
});

test("an upload needs a token that the engine gave", async () => {
  const { engine, client } = await start();
  const url = new URL((await client.mutation(api.files!.uploadUrl!, {})) as string);
  const [payload = "", signature = ""] = url.searchParams.get("token")!.split(".");
  const longer = Buffer.from(JSON.stringify({ component: "", expires: Date.now() + 1e9 }));
  const forged = ["", "x.y", `${payload}.`, `${longer.toString("base64url")}.${signature}`];
  for (const token of forged) {
    const attempt = new URL(url);
    attempt.searchParams.set("token", token);
    expect((await fetch(attempt, { method: "POST", body: "x" })).status).toBe(401);
  }
  expect(readdirSync(path.join(engine.dataDir, "files"))).toEqual([]);
});

test("an upload address is good for an hour", async () => {
  const { engine, client } = await start();
  const given = Date.now();
  const url = (await client.mutation(api.files!.uploadUrl!, {})) as string;
  const send = (body: string) => fetch(url, { method: "POST", body });
  vi.useFakeTimers({ now: given + 59 * 60_000, toFake: ["Date"] });
  expect((await send("in time")).status).toBe(200);
  vi.setSystemTime(given + 61 * 60_000);
  expect((await send("too late")).status).toBe(401);
  expect(readdirSync(path.join(engine.dataDir, "files"))).toHaveLength(1);
});

test("an upload with another digest than announced is refused", async () => {
  const { engine, upload } = await start();
  const digest = `sha-256=${Buffer.alloc(32).toString("base64")}`;
  const refused = await upload("hello", { digest });
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining("does not have the sha256"),
  ]);
  expect(readdirSync(path.join(engine.dataDir, "files"))).toEqual([]);
});

test("getMetadata gives the digest in hex, as Convex does", async () => {
  const { client, upload } = await start();
  const { storageId: id } = (await (await upload("hello world")).json()) as { storageId: string };
  expect(await client.query(api.files!.oldMetadata!, { id })).toEqual({
    storageId: id,
    size: 11,
    contentType: expect.any(String),
    sha256: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
  });
});

test("actions store and read files", async () => {
  const { client } = await start();
  const { id, text, type } = await client.action(api.files!.storeText!, { text: "from an action" });
  expect([text, type]).toEqual(["from an action", "text/plain"]);
  expect(await client.query(api.files!.metadata!, { id })).toMatchObject({ size: 14 });
});

test("a deleted file is gone, row and bytes", async () => {
  const { engine, client, upload } = await start();
  const { storageId: id } = (await (await upload("hello")).json()) as { storageId: string };
  const url = (await client.query(api.files!.url!, { id })) as string;
  await client.mutation(api.files!.remove!, { id });
  expect(await client.query(api.files!.url!, { id })).toBeNull();
  expect((await fetch(url)).status).toBe(404);
  await until(() => readdirSync(path.join(engine.dataDir, "files")).length === 0);
});

test("files survive a restart, and bytes that nobody knows do not", async () => {
  const before = await start();
  const { storageId: id } = (await (await before.upload("kept")).json()) as { storageId: string };
  await before.engine.close();
  writeFileSync(path.join(before.engine.dataDir, "files", "left-over"), "half an upload");
  const after = await start(before.engine.dataDir);
  const url = (await after.client.query(api.files!.url!, { id })) as string;
  expect(await (await fetch(url)).text()).toBe("kept");
  expect(readdirSync(path.join(before.engine.dataDir, "files"))).toHaveLength(1);
});

test("large binary files come back as they were", async () => {
  const { client, upload } = await start();
  const bytes = crypto.getRandomValues(new Uint8Array(65_536)).slice();
  const body = new Uint8Array(bytes.length * 40);
  for (let i = 0; i < 40; i++) body.set(bytes, i * bytes.length);
  const { storageId: id } = (await (await upload(body)).json()) as { storageId: string };
  const url = (await client.query(api.files!.url!, { id })) as string;
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(body)).toBe(true);
});
