/** Requests that no SDK makes: each gets a clear refusal in Clerk's shape, and the server goes on. */
import { connect } from "node:net";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LocalClerk } from "../../../local/clerk/server.ts";
import { startTestClerk, temporaryFolder, TestBrowser } from "./harness.ts";

const call = async (clerk: LocalClerk, path: string, init: RequestInit = {}) => {
  const answer = await fetch(clerk.url + path, init);
  const body = (await answer.json()) as { errors: { code: string; long_message: string }[] };
  return [answer.status, body.errors[0]?.code];
};

test("unknown addresses and methods", async () => {
  const { clerk } = await startTestClerk();
  expect(await call(clerk, "/v1/nothing")).toEqual([404, "resource_not_found"]);
  expect(await call(clerk, "/")).toEqual([404, "resource_not_found"]);
  expect(await call(clerk, "/v1/client/sign_ups/%E0%A4%A")).toEqual([404, "resource_not_found"]);
  expect(await call(clerk, "/v1/client/sign_ups")).toEqual([405, "method_not_allowed"]);
  expect(await call(clerk, "/v1/client/sign_ups?_method=BREW", { method: "POST" })).toEqual([
    405,
    "method_not_allowed",
  ]);
});

test("bodies that are no JSON object", async () => {
  const { clerk } = await startTestClerk();
  const headers = { Authorization: `Bearer ${clerk.secretKey}` };
  for (const body of ["{", "[]", "null", '"text"', "7"]) {
    expect(await call(clerk, "/v1/users", { method: "POST", headers, body })).toEqual([
      400,
      "request_body_invalid",
    ]);
  }
});

test("fields of the wrong type", async () => {
  const { clerk } = await startTestClerk();
  const post = (path: string, body: object) =>
    call(clerk, path, {
      method: "POST",
      headers: { Authorization: `Bearer ${clerk.secretKey}` },
      body: JSON.stringify(body),
    });
  const email_address = ["ada@example.com"];
  expect(await post("/v1/users", {})).toEqual([422, "form_data_missing"]);
  expect(await post("/v1/users", { email_address: [7], password: "long enough" })).toEqual([
    422,
    "form_data_missing",
  ]);
  expect(await post("/v1/users", { email_address })).toEqual([422, "form_data_missing"]);
  expect(await post("/v1/users", { email_address, password: {} })).toEqual([
    422,
    "form_param_type_invalid",
  ]);
  expect(
    await post("/v1/users", { email_address, password: "long enough", public_metadata: [] }),
  ).toEqual([422, "form_param_format_invalid"]);
  expect(
    await post("/v1/invitations", { email_address: "a@example.com", expires_in_days: -1 }),
  ).toEqual([422, "form_param_type_invalid"]);
  for (const redirect_url of ["http://[bad", "javascript:alert(1)", "/signup"]) {
    const body = { email_address: "a@example.com", redirect_url };
    expect(await post("/v1/invitations", body)).toEqual([422, "form_param_format_invalid"]);
  }
  expect(await post("/v1/sessions", { user_id: "user_nobody" })).toEqual([
    404,
    "resource_not_found",
  ]);
});

test("a huge body is refused, and the next request is served", async () => {
  const { clerk } = await startTestClerk();
  const body = "x".repeat(300 * 1024);
  expect(await call(clerk, "/v1/client/sign_ups", { method: "POST", body })).toEqual([
    413,
    "request_body_too_large",
  ]);
  expect((await new TestBrowser(clerk).get("/environment")).status).toBe(200);
});

test("somebody who hangs up in the middle of a request", async () => {
  const lines: string[] = [];
  const { clerk } = await startTestClerk({ onLog: (line) => lines.push(line) });
  const { port, host } = new URL(clerk.url);
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    `POST /v1/client/sign_ups HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 99\r\n\r\nemail`,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  expect((await new TestBrowser(clerk).get("/environment")).status).toBe(200);
  expect(lines).toEqual([]);
});

test("a host name that is not this machine's", async () => {
  const { clerk } = await startTestClerk();
  const status = await new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${clerk.url}/v1/client`,
      { headers: { Host: "evil.example" } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    sent.on("error", reject).end();
  });
  expect(status).toBe(421);
});

test("the back end without its key", async () => {
  const { clerk } = await startTestClerk();
  for (const path of ["/v1/users", "/v1/sessions?user_id=x", "/v1/invitations"]) {
    expect(await call(clerk, path)).toEqual([401, "authorization_header_format_invalid"]);
    expect(await call(clerk, path, { headers: { Authorization: "Bearer sk_live_x" } })).toEqual([
      401,
      "clerk_key_invalid",
    ]);
  }
});

test("a browser that is not signed in asks for an account", async () => {
  const { clerk } = await startTestClerk();
  const browser = new TestBrowser(clerk);
  for (const answer of [await browser.get("/me"), await browser.delete("/me")]) {
    expect([answer.status, answer.error?.code]).toEqual([401, "authentication_invalid"]);
  }
});

test("scripts are served from the packages and nothing around them", async () => {
  const { clerk } = await startTestClerk();
  const get = (path: string, headers = {}) => fetch(clerk.url + path, { headers });
  const script = await get("/npm/@clerk/clerk-js@6/dist/clerk.browser.js");
  expect([script.status, script.headers.get("content-type")]).toEqual([
    200,
    "text/javascript; charset=utf-8",
  ]);
  expect((await script.text()).length).toBeGreaterThan(100_000);
  const etag = script.headers.get("etag") ?? "";
  expect(
    (await get("/npm/@clerk/clerk-js@6/dist/clerk.browser.js", { "if-none-match": etag })).status,
  ).toBe(304);
  expect((await get("/npm/@clerk/ui@1/dist/ui.browser.js")).status).toBe(200);

  const outside = join(temporaryFolder(), "outside.js");
  writeFileSync(outside, "outside");
  for (const path of [
    "/npm/@clerk/clerk-js@6/dist/..%2fpackage.json",
    "/npm/@clerk/clerk-js@6/dist/%2e%2e/%2e%2e/backend/dist/index.js",
    "/npm/@clerk/clerk-js@6/dist/..%2f..%2fbackend%2fdist%2findex.js",
    "/npm/@clerk/clerk-js@6/package.json",
    "/npm/@clerk/backend@3/dist/index.js",
    "/npm/@clerk/clerk-js@6/dist/missing.js",
    "/npm/@clerk/clerk-js@6/dist/types",
    `/npm/@clerk/clerk-js@6/dist/${outside}`,
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
});
