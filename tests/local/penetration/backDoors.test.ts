import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invitationRoutes } from "../../../local/clerk/bapi/invitations.ts";
import { sessionRoutes } from "../../../local/clerk/bapi/sessions.ts";
import { userRoutes } from "../../../local/clerk/bapi/users.ts";
import { bearer, post } from "./requests.ts";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;
let company: Company;

beforeAll(async () => {
  target = await startTarget();
  company = await target.newCompany("Doors");
});
afterAll(() => target.close());

/** Every header by which somebody without the key could claim to have it. */
async function claims(): Promise<Record<string, string>[]> {
  const { adminKey } = target.convex;
  return [
    {},
    { authorization: "Convex" },
    { authorization: `Convex ${adminKey.slice(0, -1)}` },
    { authorization: `Convex ${adminKey}x` },
    { authorization: `Bearer ${adminKey}` },
    { authorization: `Basic ${adminKey}` },
    { authorization: `Convex ${await company.token()}` },
    bearer(await company.token()),
    { cookie: `adminKey=${adminKey.slice(0, -1)}`, "x-convex-admin": "true" },
  ];
}

describe("the engine's administration", () => {
  const ASKED_WITH_A_KEY = [
    "/api/check_admin_key",
    "/api/v1/get_canonical_urls",
    "/api/v1/list_environment_variables",
    "/api/v1/update_environment_variables",
    "/api/update_environment_variables",
    "/api/export/request/zip?includeStorage=true",
    "/api/export/zip/1",
    "/api/import/start_upload",
    "/api/import/upload_part",
    "/api/import/finish_upload",
    "/api/perform_import",
    "/api/stream_function_logs?cursor=0",
    "/api/push_config",
    "/api/deploy2/start_push",
    "/api/run_test_function",
  ];
  const NOT_THERE = [
    "/api/list_snapshot?cursor=0",
    "/api/document_deltas?cursor=0",
    "/api/shapes2",
    "/api/stream_udf_execution",
    "/api/delete_tables",
    "/api/clear_tables",
    "/api/dump_database",
    "/api/actions/query",
    "/api/__proto__",
    "/.env",
    "/data.sqlite",
  ];
  const CHANGE = JSON.stringify({
    changes: [{ name: "CLERK_JWT_ISSUER_DOMAIN", value: "https://evil.example" }],
  });

  test("does nothing without its key, and says nothing", async () => {
    const before = await target.state();
    for (const path of ASKED_WITH_A_KEY) {
      for (const headers of await claims()) {
        const answer = await post(`${target.convex.url}${path}`, CHANGE, headers);
        expect([401, 403], path).toContain(answer.status);
        expect(Object.keys(answer.body as object), path).toEqual(["code", "message"]);
      }
    }
    const variables = await fetch(`${target.convex.url}/api/v1/list_environment_variables`, {
      headers: { authorization: `Convex ${target.convex.adminKey}` },
    });
    expect(await variables.text()).not.toContain("evil.example");
    expect(await target.state()).toBe(before);
  });

  test("has no further doors, on either port", async () => {
    const before = await target.state();
    for (const path of NOT_THERE) {
      for (const base of [target.convex.url, target.convex.siteUrl]) {
        for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"]) {
          const response = await fetch(`${base}${path}`, { method });
          expect(response.status, `${method} ${path}`).toBe(404);
        }
      }
    }
    expect(await target.state()).toBe(before);
  });
});

describe("file storage", () => {
  test("gives no file for a guessed or crafted address", async () => {
    const names = [
      "00000000-0000-4000-8000-000000000000",
      crypto.randomUUID(),
      company.projectId,
      "..%2fdata.sqlite",
      "..%2f..%2fclerk%2fkeys.json",
      "%2e%2e%2fdata.sqlite",
      "....//data.sqlite",
      "%00",
      "__proto__",
      "*",
    ];
    for (const name of names) {
      const status = await rawStatus(target.convex.url, `/api/storage/${name}`);
      expect(status, name).toBe(404);
    }
  });

  test("takes no upload without an address that the engine signed", async () => {
    const before = await target.state();
    const claim = (expires: number) =>
      Buffer.from(JSON.stringify({ component: "", expires })).toString("base64url");
    const tokens = [
      "",
      "x",
      ".",
      `${claim(Date.now() + 60_000)}.`,
      `${claim(Date.now() + 60_000)}.${"x".repeat(43)}`,
      `${claim(1)}.${claim(1)}`,
      "__proto__.__proto__",
    ];
    for (const token of tokens) {
      const url = `${target.convex.url}/api/storage/upload?token=${encodeURIComponent(token)}`;
      expect((await post(url, "some bytes")).status, token).toBe(401);
    }
    expect((await post(`${target.convex.url}/api/storage/upload`, "some bytes")).status).toBe(401);
    expect(await target.state()).toBe(before);
  });
});

describe("Clerk's back-end API", () => {
  const ROUTES = [...userRoutes, ...sessionRoutes, ...invitationRoutes];

  test("refuses every route to whoever lacks the secret key, and nothing changes", async () => {
    const { clerk, clerkClient } = target;
    const before = await everythingInClerk();
    const ids = { "/users": company.userId, "/sessions": company.sessionId };
    const wrong = [
      {},
      bearer("sk_live_guess"),
      bearer(clerk.secretKey.slice(0, -1)),
      bearer(`${clerk.secretKey}x`),
      bearer(clerk.publishableKey),
      bearer(await company.token()),
      { authorization: clerk.secretKey },
      { authorization: `Basic ${clerk.secretKey}` },
      { "clerk-secret-key": clerk.secretKey },
    ];
    for (const { method, path } of ROUTES) {
      const owner = Object.entries(ids).find(([start]) => path.startsWith(`/v1${start}`))?.[1];
      const address = path.replace(":id", owner ?? "inv_1").replace(":template", "convex");
      for (const headers of wrong) {
        const response = await fetch(`${clerk.url}${address}`, {
          method,
          headers: { "content-type": "application/json", ...headers } as Record<string, string>,
          ...(method === "GET" ? {} : { body: JSON.stringify({ first_name: "Mallory" }) }),
        });
        expect(response.status, `${method} ${path}`).toBe(401);
      }
    }
    expect(await everythingInClerk()).toBe(before);

    async function everythingInClerk(): Promise<string> {
      const { userId } = company;
      return JSON.stringify([
        await clerkClient.users.getUserList(),
        await clerkClient.sessions.getSessionList({ userId }),
        await clerkClient.invitations.getInvitationList(),
      ]);
    }
  });
});

describe("the whole local stack", () => {
  const ports = () =>
    [target.clerk.url, target.mail.url, target.convex.url, target.convex.siteUrl].map((url) =>
      Number(new URL(url).port),
    );

  test("listens on 127.0.0.1 and on no other address of this machine", async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== "127.0.0.1" && !address.startsWith("fe80"));
    for (const host of [...others, "127.0.0.2"]) {
      for (const port of ports()) expect(await accepts(host, port), `${host}:${port}`).toBe(false);
    }
    for (const port of ports()) expect(await accepts("127.0.0.1", port)).toBe(true);
  });

  test("answers under its own name only, and gives the mailbox to no page of another origin", async () => {
    const { clerk, mail } = target;
    for (const [url, path] of [
      [mail.url, "/mailbox"],
      [mail.url, "/mailbox.json"],
      [mail.url, "/emails"],
      [mail.url, "/__control"],
      [clerk.url, "/v1/client"],
      [clerk.url, "/v1/users"],
    ] as const) {
      const { port } = new URL(url);
      for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"]) {
        expect(await rawStatus(url, path, { host }), `${host}${path}`).toBe(421);
      }
    }
    for (const path of ["/mailbox", "/mailbox.json"]) {
      const response = await fetch(`${mail.url}${path}`, {
        headers: { origin: "https://evil.example" },
      });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      expect(await rawStatus(clerk.url, path), path).toBe(404);
    }
  });

  test("gives a page of a foreign name no more than any page: without a token, nothing", async () => {
    const { url } = target.convex;
    const headers = { host: "evil.example", origin: "http://evil.example" };
    for (const path of ["/api/v1/list_environment_variables", "/api/check_admin_key"]) {
      expect(await rawStatus(url, path, headers)).toBe(403);
    }
    const answer = await fetch(`${url}/api/query`, { method: "POST", headers, body: "{}" });
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.status).toBe(400);
  });
});

/** A request that nobody tidies up: the path and the Host header arrive as they are. */
function rawStatus(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once("error", reject).end();
  });
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const answer = (yes: boolean) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", answer(true));
    socket.once("error", answer(false)).once("timeout", answer(false));
  });
}
