import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deliverFile } from "../../../lib/fileDelivery.ts";
import { deliveryHeaders, requestedRange } from "../../../lib/files.ts";

/** A Convex that hands out at most ten bytes at once. */
const PART = 10;
const CONTENT = "The quick brown fox jumps over the lazy dog.";
const FILE = { name: "fox.png", contentType: "image/png", sha256: "ab" };

let convex: Server;
let site: string;
let asked: IncomingHttpHeaders[];
/** Answers so many parts, and then this status. */
let fails: { after: number; status: number };
let token: string | null;

beforeEach(async () => {
  asked = [];
  fails = { after: Infinity, status: 200 };
  token = "token";
  vi.spyOn(console, "error").mockImplementation(() => {});
  convex = createServer((request, response) => {
    asked.push(request.headers);
    if (asked.length > fails.after) return void response.writeHead(fails.status).end();
    if (request.headers["if-none-match"] === '"ab"') {
      return void response.writeHead(304, deliveryHeaders(FILE)).end();
    }
    const range = requestedRange(request.headers.range ?? null, CONTENT.length);
    if (range === null) {
      return void response.writeHead(416, { "content-range": `bytes */${CONTENT.length}` }).end();
    }
    const end = Math.min(range.end, range.start + PART - 1);
    const headers = {
      ...deliveryHeaders(FILE),
      "content-range": `bytes ${range.start}-${end}/${CONTENT.length}`,
      "x-internal": "of Convex",
      "set-cookie": "of=convex",
    };
    response.writeHead(206, headers).end(CONTENT.slice(range.start, end + 1));
  });
  await new Promise<void>((listening) => convex.listen(0, "127.0.0.1", listening));
  site = `http://127.0.0.1:${(convex.address() as AddressInfo).port}`;
});

afterEach(async () => {
  vi.restoreAllMocks();
  convex.closeAllConnections();
  await new Promise((closed) => convex.close(closed));
});

function deliver(headers: Record<string, string> = {}, fileId = "file"): Promise<Response> {
  const request = new Request("http://localhost:3000/api/files/file", { headers });
  const deployment = async () => ({ siteUrl: site });
  return deliverFile(request, fileId, { deployment, getToken: async () => token });
}

describe("a file", () => {
  test("arrives whole, part after part, each asked for with the person's token", async () => {
    const answer = await deliver();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(CONTENT);
    expect(asked.length).toBe(Math.ceil(CONTENT.length / PART));
    for (const { authorization } of asked) expect(authorization).toBe("Bearer token");
  });

  test("carries the headers of the door, its length, and nothing else of Convex's", async () => {
    const { headers } = await deliver();
    expect(Object.fromEntries(headers)).toEqual({
      ...deliveryHeaders(FILE),
      "accept-ranges": "bytes",
      "content-length": String(CONTENT.length),
    });
  });

  test.each([
    ["bytes=4-8", "quick", "bytes 4-8/44"],
    ["bytes=4-24", "quick brown fox jumps", "bytes 4-24/44"],
    ["bytes=35-", "lazy dog.", "bytes 35-43/44"],
    ["bytes=-4", "dog.", "bytes 40-43/44"],
    ["bytes=40-999", "dog.", "bytes 40-43/44"],
  ])("is cut to the browser's range %s", async (range, text, contentRange) => {
    const answer = await deliver({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(contentRange);
    expect(answer.headers.get("content-length")).toBe(String(text.length));
    expect(await answer.text()).toBe(text);
  });

  test("that the browser has is not sent again, and Convex is asked all the same", async () => {
    const answer = await deliver({ "if-none-match": '"ab"' });
    expect(answer.status).toBe(304);
    expect(asked.length).toBe(1);
  });

  test("has no such range", async () => {
    for (const range of ["bytes=44-", "bytes=9-3", "pages=1-2", "bytes=0-1,3-4"]) {
      const answer = await deliver({ range });
      expect(answer.status, range).toBe(416);
      expect(answer.headers.get("content-range")).toBe("bytes */44");
    }
  });

  test("whose address is crafted stays one part of Convex's address", async () => {
    const paths: (string | undefined)[] = [];
    convex.on("request", ({ url }) => paths.push(url));
    await deliver({}, "../webhooks/clerk?x=1#y");
    expect(paths[0]).toBe("/files/..%2Fwebhooks%2Fclerk%3Fx%3D1%23y");
  });
});

describe("without a file", () => {
  test("nobody signed in: nothing is asked", async () => {
    token = null;
    expect((await deliver()).status).toBe(401);
    expect(asked).toEqual([]);
  });

  test.each([
    [401, 401],
    [403, 403],
    [404, 404],
    [500, 502],
    [200, 502],
  ])("Convex answers %i: the browser is told %i, kept by no cache", async (status, told) => {
    fails = { after: 0, status };
    const answer = await deliver();
    expect(answer.status).toBe(told);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("Convex cannot be reached", async () => {
    site = "http://127.0.0.1:9";
    expect((await deliver()).status).toBe(503);
  });

  test("access ends in the middle: the rest does not come, and what came is no whole file", async () => {
    fails = { after: 2, status: 404 };
    const answer = await deliver();
    await expect(answer.text()).rejects.toThrow("The next part of a file is missing.");
  });
});
