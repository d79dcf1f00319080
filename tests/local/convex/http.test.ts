import {
  fetchAction,
  fetchMutation,
  fetchQuery,
  preloadedQueryResult,
  preloadQuery,
} from "convex/nextjs";
import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import { startEngine, httpClient } from "./engine.ts";

describe("functions over HTTP", () => {
  test("run for ConvexHttpClient, consistent queries too", async () => {
    const { url } = await startEngine();
    const client = httpClient(url);
    await client.mutation(api.messages!.send!, { channel: "a", body: "x" });
    expect(await client.consistentQuery(api.messages!.bodies!, { channel: "a" })).toEqual(["x"]);
    expect(await client.function(api.messages!.count!, undefined, {})).toBe(1);
  });

  test("of one client can all see one moment, while others write", async () => {
    const { url } = await startEngine();
    const [reader, writer] = [httpClient(url), httpClient(url)];
    const bodies = () => reader.consistentQuery(api.messages!.bodies!, { channel: "a" });
    expect(await bodies()).toEqual([]);
    await writer.mutation(api.messages!.send!, { channel: "a", body: "later" });
    expect(await bodies()).toEqual([]);
    expect(await writer.consistentQuery(api.messages!.bodies!, { channel: "a" })).toEqual([
      "later",
    ]);
  });

  test("at a moment that is not held are refused in a sentence", async () => {
    const { url } = await startEngine();
    const at = async (ts: string) => {
      const body = JSON.stringify({ path: "messages:count", args: {}, ts });
      const response = await fetch(`${url}/api/query_at_ts`, { method: "POST", body });
      return [response.status, ((await response.json()) as { message: string }).message];
    };
    expect(await at("AQAAAAAAAAA=")).toEqual([400, expect.stringContaining("not available")]);
    expect(await at("nonsense")).toEqual([400, expect.stringContaining("must be a timestamp")]);
  });

  test("can be named in the address", async () => {
    const { url } = await startEngine();
    const run = async (name: string, args: object) => {
      const body = JSON.stringify({ args, format: "json" });
      return await (await fetch(`${url}/api/run/${name}`, { method: "POST", body })).json();
    };
    await run("messages/send", { channel: "a", body: "x" });
    expect(await run("messages/bodies", { channel: "a" })).toEqual({
      status: "success",
      value: ["x"],
    });
  });

  test("run for convex/nextjs on the server", async () => {
    const { url } = await startEngine();
    const options = { url, skipConvexDeploymentUrlCheck: true };
    await fetchMutation(api.messages!.send!, { channel: "a", body: "x" }, options);
    expect(await fetchQuery(api.messages!.bodies!, { channel: "a" }, options)).toEqual(["x"]);
    const stored = await fetchAction(api.files!.storeText!, { text: "t" }, options);
    expect(stored.text).toBe("t");
    const preloaded = await preloadQuery(api.messages!.bodies!, { channel: "a" }, options);
    expect(preloadedQueryResult(preloaded)).toEqual(["x"]);
  });

  test("can be called from any web page", async () => {
    const { url } = await startEngine();
    const response = await fetch(`${url}/api/query`, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:3000",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,convex-client",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
    expect(response.headers.get("access-control-allow-headers")).toContain("convex-client");
  });

  test("refuse what is not a request in a sentence", async () => {
    const { url } = await startEngine();
    const post = (path: string, body: string) => fetch(`${url}${path}`, { method: "POST", body });
    expect((await post("/api/query", "{")).status).toBe(400);
    expect((await post("/api/query", "{}")).status).toBe(400);
    expect((await fetch(`${url}/api/query`)).status).toBe(405);
    expect((await post("/api/nothing", "{}")).status).toBe(404);
  });

  test("of components are for the admin key only", async () => {
    const { url, adminKey } = await startEngine();
    const body = JSON.stringify({ path: "lib:get", args: { name: "n" }, componentPath: "likes" });
    const call = (headers: Record<string, string>) =>
      fetch(`${url}/api/function`, { method: "POST", body, headers });
    expect((await call({})).status).toBe(403);
    const answer = await call({ authorization: `Convex ${adminKey}` });
    expect(await answer.json()).toEqual({ status: "success", value: 0 });
  });
});

describe("HTTP actions", () => {
  test("get the request and give the response", async () => {
    const { siteUrl } = await startEngine();
    const response = await fetch(`${siteUrl}/echo`, {
      method: "POST",
      body: "hello",
      headers: { "x-sent": "yes" },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-seen")).toBe("yes");
    expect(await response.text()).toBe("HELLO");
  });

  test("are found by prefix, and call functions", async () => {
    const { url, siteUrl } = await startEngine();
    await httpClient(url).mutation(api.counters!.increment!, { name: "n" });
    expect(await (await fetch(`${siteUrl}/count/n`)).json()).toEqual({ name: "n", value: 1 });
  });

  test("stream their body", async () => {
    const { siteUrl } = await startEngine();
    expect(await (await fetch(`${siteUrl}/stream`)).text()).toBe("one two three");
  });

  test("may work and print while their body is on the way", async () => {
    const { url, siteUrl, logs } = await startEngine();
    expect(await (await fetch(`${siteUrl}/work`)).text()).toBe("started done");
    expect(await httpClient(url).query(api.counters!.get!, { name: "work" })).toBe(1);
    const lines = logs.flatMap((event) => (event.topic === "console" ? [event.message] : []));
    expect(lines).toEqual(["'worked on'"]);
  });

  test("that throw answer 500 and keep the reason to themselves", async () => {
    const { siteUrl } = await startEngine();
    const response = await fetch(`${siteUrl}/fail`);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toMatch(/\[Request ID: [0-9a-f]{16}\] Server Error/);
    expect(text).not.toContain("secret");
  });

  test("that do not exist answer 404", async () => {
    const { siteUrl } = await startEngine();
    expect((await fetch(`${siteUrl}/nothing`)).status).toBe(404);
    expect((await fetch(`${siteUrl}/echo`)).status).toBe(404);
  });
});
