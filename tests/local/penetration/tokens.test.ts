import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawClient } from "../convex/frames.ts";
import { forgedTokens } from "./forgeries.ts";
import { authenticate, bearer, callOverHttp, callOverSocket, outcome } from "./requests.ts";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;
let victim: Company;
let forged: Record<string, string>;

beforeAll(async () => {
  target = await startTarget();
  victim = await target.newCompany("Victim");
  forged = await forgedTokens(target, victim, await target.newCompany("Attacker"));
});
afterAll(() => target.close());

const archive = () => ({ path: "projects:archive", args: { projectId: victim.projectId } });

test("the victim's real token works in all the ways that the forgeries try", async () => {
  const token = await victim.token();
  const read = { endpoint: "query", path: "projects:get" } as const;
  const args = { projectId: victim.projectId };
  const { body } = await callOverHttp(target.convex.url, { ...read, args }, bearer(token));
  expect(JSON.stringify(body)).toContain("Secret of Victim");
  const [live] = await callOverSocket(target.convex.url, { path: "projects:get", args, token });
  expect(live).toContain("Secret of Victim");
});

describe("a forged token", () => {
  test("is refused over HTTP, for reading and for writing", async () => {
    const before = await target.state();
    for (const [wrong, token] of Object.entries(forged)) {
      if (token.length > 10_000) continue; // refused by the HTTP server itself: see below
      for (const endpoint of ["query", "mutation", "action", "function"] as const) {
        const call = { endpoint, ...archive() };
        const { status, body } = await callOverHttp(target.convex.url, call, bearer(token));
        expect(status, wrong).toBe(401);
        expect(body, wrong).not.toHaveProperty("value");
      }
    }
    expect(await target.state()).toBe(before);
  });

  test("of a megabyte is refused by its size, and the engine goes on", async () => {
    const call = { endpoint: "query", ...archive() } as const;
    const answer = await callOverHttp(target.convex.url, call, bearer(forged["a megabyte"] ?? ""));
    expect(answer.status).toBe(431);
    expect(await victim.world()).toContain("Secret of Victim");
  });

  test("is refused over the WebSocket, which ends the connection", async () => {
    const before = await target.state();
    for (const [wrong, token] of Object.entries(forged)) {
      const answers = await callOverSocket(target.convex.url, { ...archive(), token });
      expect(answers, wrong).toEqual(["AuthError", "AuthError", "AuthError"]);
    }
    expect(await target.state()).toBe(before);
  });

  test("that names its own key server does not make the engine ask there", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const evil = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const claims = { iss: target.clerk.issuer, aud: "convex", sub: victim.userId, exp: 9e9 };
    for (const [header, content] of [
      [{ alg: "RS256", jku: `${evil}/keys` }, claims],
      [{ alg: "RS256", x5u: `${evil}/certificate` }, claims],
      [
        { alg: "RS256", kid: `${evil}/kid` },
        { ...claims, iss: evil },
      ],
    ] as const) {
      const token = `${encode(header)}.${encode(content)}.c2lnbmF0dXJl`;
      const call = { endpoint: "query", ...archive() } as const;
      const { status } = await callOverHttp(target.convex.url, call, bearer(token));
      expect(status).toBe(401);
    }
    server.close();
    expect(asked).toEqual([]);
  });
});

test("a guessed admin key is refused over HTTP and over the WebSocket", async () => {
  const before = await target.state();
  const { adminKey, url } = target.convex;
  const identity = Buffer.from(JSON.stringify({ subject: victim.userId })).toString("base64");
  const guesses = [
    "",
    "admin",
    "undefined",
    adminKey.slice(0, -1),
    `${adminKey}x`,
    adminKey.toUpperCase(),
    "x".repeat(adminKey.length),
    `:${identity}`,
    `${"x".repeat(adminKey.length)}:${identity}`,
    await victim.token(),
    target.clerk.secretKey,
    42,
    null,
    { toString: "x" },
  ];
  for (const value of guesses) {
    const client = await RawClient.open(url);
    authenticate(client, { tokenType: "Admin", value });
    client.send({ type: "Mutation", requestId: 1, udfPath: archive().path, args: [{}] });
    expect(await outcome(client), JSON.stringify(value)).toMatch(/^(AuthError|connection ended)$/);
    const headers = {
      authorization: `Convex ${typeof value === "string" ? value : JSON.stringify(value)}`,
    };
    const call = { endpoint: "function", path: "provisioning:ensureTenantOf" } as const;
    expect((await callOverHttp(url, call, headers)).status).toBe(401);
  }
  for (const value of [{ kind: "admin" }, "Admin", "Root", null]) {
    const client = await RawClient.open(url);
    client.send({ type: "Authenticate", baseVersion: 0, tokenType: value, value: "x" });
    client.watch(1, "members:me");
    expect(await outcome(client)).toMatch(/^(AuthError|connection ended|refused)/);
  }
  expect(await target.state()).toBe(before);
  expect(await victim.world()).toContain("Secret of Victim");
});

test("other schemes of authorization carry nobody's identity", async () => {
  const token = await victim.token();
  for (const authorization of [`Basic ${token}`, token, `Token ${token}`, "Bearer", "Convex"]) {
    const call = { endpoint: "query", path: "members:me" } as const;
    const { status } = await callOverHttp(target.convex.url, call, { authorization });
    expect(status, authorization).toBe(401);
  }
});

test("a token in a cookie, in the address or in the arguments is nobody's", async () => {
  const token = await victim.token();
  const url = `${target.convex.url}/api/query?token=${token}&access_token=${token}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: `__session=${token}; token=${token}` },
    body: JSON.stringify({ path: "members:me", format: "json", args: [{}], token, auth: token }),
  });
  const body = (await response.json()) as { errorData: { code: string } };
  expect(body.errorData.code).toBe("UNAUTHENTICATED");
});
