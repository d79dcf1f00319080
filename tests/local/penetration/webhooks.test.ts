import { Webhook } from "svix";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;
let company: Company;
let address: string;

beforeAll(async () => {
  target = await startTarget();
  company = await target.newCompany("Hooks");
  address = `${target.convex.siteUrl}/webhooks/clerk`;
});
afterAll(() => target.close());

/** The event that would end the administrator's access. */
function deletion(): string {
  return JSON.stringify({ object: "event", type: "user.deleted", data: { id: company.userId } });
}

function signature(body: string, { id = "msg_1", at = new Date(), secret = "" } = {}) {
  return {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
    "svix-signature": new Webhook(secret || target.clerk.webhookSecret).sign(id, at, body),
  };
}

const OTHER_SECRET = `whsec_${Buffer.from("another secret of some length").toString("base64")}`;
const MINUTE = 60_000;

test("no forged, altered, replayed or old event passes at Convex's own route, and nothing changes", async () => {
  const before = await target.state();
  const body = deletion();
  const other = JSON.stringify({ object: "event", type: "session.ended", data: { id: "sess_1" } });
  const good = signature(body);
  const forgeries: Record<string, { headers: Record<string, string>; body: string }> = {
    "no signature": { headers: { "content-type": "application/json" }, body },
    "an empty signature": { headers: { ...good, "svix-signature": "" }, body },
    "another secret": { headers: signature(body, { secret: OTHER_SECRET }), body },
    "another event's signature": { headers: signature(other), body },
    "another body": { headers: signature(other), body: `${other} ` },
    "another id": { headers: { ...good, "svix-id": "msg_2" }, body },
    "another time": {
      headers: { ...good, "svix-timestamp": String(Number(good["svix-timestamp"]) + 1) },
      body,
    },
    "no time": { headers: { ...good, "svix-timestamp": "" }, body },
    "a time that is none": { headers: { ...good, "svix-timestamp": "NaN" }, body },
    "an old event": { headers: signature(body, { at: new Date(Date.now() - 6 * MINUTE) }), body },
    "an event of the future": {
      headers: signature(body, { at: new Date(Date.now() + 6 * MINUTE) }),
      body,
    },
    "another version": {
      headers: { ...good, "svix-signature": good["svix-signature"].replace("v1,", "v2,") },
      body,
    },
    "a signature without its version": {
      headers: { ...good, "svix-signature": good["svix-signature"].replace("v1,", "") },
      body,
    },
    "a hundred guesses at once": {
      headers: { ...good, "svix-signature": "v1,AAAA ".repeat(100).trim() },
      body,
    },
    "the administrator's key instead": {
      headers: {
        "content-type": "application/json",
        authorization: `Convex ${target.clerk.secretKey}`,
      },
      body,
    },
  };
  for (const [what, { headers, body: sent }] of Object.entries(forgeries)) {
    const response = await fetch(address, { method: "POST", headers, body: sent });
    expect(response.status, what).toBe(401);
  }
  expect(await target.state()).toBe(before);
});

test("a huge event is refused before its signature is looked at", async () => {
  const before = await target.state();
  const body = JSON.stringify({ type: "user.deleted", data: {}, filler: "x".repeat(300 * 1024) });
  const response = await fetch(address, { method: "POST", headers: signature(body), body });
  expect(response.status).toBe(413);
  expect(await target.state()).toBe(before);
});

test("only POST, only at its own address", async () => {
  const before = await target.state();
  const body = deletion();
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    const headers = signature(body);
    const send = method === "GET" || method === "HEAD" ? {} : { body };
    const response = await fetch(address, { method, headers, ...send });
    expect(response.status, method).toBe(404);
  }
  for (const path of ["/webhooks/clerk/", "/webhooks/CLERK", "//webhooks/clerk", "/webhooks/x"]) {
    const url = `${target.convex.siteUrl}${path}`;
    const response = await fetch(url, { method: "POST", headers: signature(body), body });
    expect(response.status, path).toBe(404);
  }
  expect(await target.state()).toBe(before);
});

test("a signed event is done once: its replay changes nothing", async () => {
  const event = JSON.stringify({ object: "event", type: "session.ended", data: { id: "sess_1" } });
  const headers = signature(event, { id: "msg_replayed" });
  const deliver = () => fetch(address, { method: "POST", headers, body: event });
  expect((await deliver()).status).toBe(200);
  const before = await target.state();
  for (let i = 0; i < 3; i += 1) expect((await deliver()).status).toBe(200);
  expect(await target.state()).toBe(before);
  expect(await company.world()).toContain("Secret of Hooks");
});
