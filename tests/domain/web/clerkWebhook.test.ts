import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "svix";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { receiveClerkWebhook } from "../../../lib/clerkWebhook.ts";

const SECRET = `whsec_${btoa("the secret that Clerk and we share")}`;
const EVENT = JSON.stringify({ type: "user.created", data: { id: "user_1", name: "Añil ☀" } });

type Received = { path: string | undefined; headers: Record<string, unknown>; body: Buffer };

let convex: Server;
let convexUrl: string;
let convexStatus: number;
let received: Received[];
/** What is left to be done once the answer is out. */
let later: (() => Promise<void>)[];
const errors = vi.spyOn(console, "error");

beforeEach(async () => {
  errors.mockReset().mockImplementation(() => {});
  received = [];
  later = [];
  convexStatus = 200;
  convex = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(convexStatus, convexStatus === 302 ? { location: "/elsewhere" } : {}).end();
  });
  await new Promise<void>((listening) => convex.listen(0, "127.0.0.1", listening));
  convexUrl = `http://127.0.0.1:${(convex.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((closed) => convex.close(closed)));

function signed(body: string, { secret = SECRET, at = new Date(), id = "msg_1" } = {}) {
  return {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
    "svix-signature": new Webhook(secret).sign(id, at, body),
  };
}

function deliver(
  headers: Record<string, string>,
  body: BodyInit = EVENT,
  site = convexUrl,
): Promise<Response> {
  const request = new Request("http://localhost:3000/api/webhooks/clerk", {
    method: "POST",
    headers,
    body,
    duplex: "half",
  } as RequestInit);
  const env = { CLERK_WEBHOOK_SIGNING_SECRET: SECRET, NEXT_PUBLIC_CONVEX_SITE_URL: site };
  return receiveClerkWebhook(request, env, (work) => later.push(work));
}

describe("a signed event", () => {
  test("reaches Convex with the same bytes and the same signature", async () => {
    const headers = signed(EVENT);
    expect((await deliver(headers)).status).toBe(200);
    expect(received).toHaveLength(1);
    expect(received[0]?.path).toBe("/webhooks/clerk");
    expect(received[0]?.headers).toMatchObject(headers);
    expect(received[0]?.body.equals(Buffer.from(EVENT))).toBe(true);
  });

  test("may say its charset", async () => {
    const headers = { ...signed(EVENT), "content-type": "application/json; charset=utf-8" };
    expect((await deliver(headers)).status).toBe(200);
  });

  test.each([400, 401, 500, 503])("that Convex answers with %i is answered 502", async (status) => {
    convexStatus = status;
    expect((await deliver(signed(EVENT))).status).toBe(502);
  });

  test("that Convex would redirect is not sent anywhere else", async () => {
    convexStatus = 302;
    expect((await deliver(signed(EVENT))).status).toBe(503);
    expect(received).toHaveLength(1);
  });

  test("is answered 503 while Convex cannot be reached", async () => {
    expect((await deliver(signed(EVENT), EVENT, "http://127.0.0.1:1")).status).toBe(503);
  });

  test("that failed is logged by its id, without secret, signature or content", async () => {
    convexStatus = 500;
    const headers = signed(EVENT, { id: "msg_logged" });
    await deliver(headers);
    const log = errors.mock.calls.flat().join("\n");
    expect(log).toContain("msg_logged");
    for (const hidden of [SECRET, headers["svix-signature"], "user_1"]) {
      expect(log).not.toContain(hidden);
    }
  });
});

describe("what is no signed event", () => {
  afterEach(() => {
    expect(received).toEqual([]);
  });

  test("forged: signed with another secret", async () => {
    const headers = signed(EVENT, { secret: `whsec_${btoa("somebody else's secret, sadly")}` });
    expect((await deliver(headers)).status).toBe(401);
  });

  test("changed on the way", async () => {
    const headers = signed(EVENT);
    expect((await deliver(headers, EVENT.replace("user_1", "user_2"))).status).toBe(401);
  });

  test("another event's signature", async () => {
    const headers = { ...signed(EVENT), "svix-id": "msg_2" };
    expect((await deliver(headers)).status).toBe(401);
  });

  test.each([-6, 6])("%i minutes away from now", async (minutes) => {
    const at = new Date(Date.now() + minutes * 60_000);
    expect((await deliver(signed(EVENT, { at }))).status).toBe(401);
  });

  test.each(["v1", "v1,", "v2,abc", "nonsense", "v1,ß", ","])("signature %j", async (signature) => {
    const headers = { ...signed(EVENT), "svix-signature": signature };
    expect((await deliver(headers)).status).toBe(401);
  });

  test.each(["svix-id", "svix-timestamp", "svix-signature"])("%s left out", async (name) => {
    const headers: Record<string, string> = signed(EVENT);
    delete headers[name];
    expect((await deliver(headers)).status).toBe(400);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])(
    "content type %s",
    async (type) => {
      expect((await deliver({ ...signed(EVENT), "content-type": type })).status).toBe(415);
    },
  );

  test("larger than 256 kB, though signed", async () => {
    const large = JSON.stringify({ type: "x".repeat(256 * 1024) });
    expect((await deliver(signed(large), large)).status).toBe(413);
  });

  test("larger than 256 kB in pieces, without a length: reading stops at the limit", async () => {
    let pieces = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pieces += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    expect((await deliver(signed(EVENT), endless)).status).toBe(413);
    expect(pieces).toBeLessThan(10);
  });
});

describe("a forgery", () => {
  // Every test has minutes of its own: how many are passed on is counted by the minute.
  let now = Date.now();
  beforeEach(() => {
    now += 10 * 60_000;
    vi.spyOn(Date, "now").mockImplementation(() => now);
  });
  afterEach(() => {
    vi.mocked(Date.now).mockRestore();
  });

  async function forge(site = convexUrl): Promise<void> {
    const headers = { ...signed(EVENT), "svix-signature": "v1,AAAA", "user-agent": "Forger/1.0" };
    expect((await deliver(headers, EVENT, site)).status).toBe(401);
    for (const work of later.splice(0)) await work();
  }

  test("knocks at Convex too, once it is answered, without its body and signature", async () => {
    await forge();
    const [knock, ...more] = received;
    expect(more).toEqual([]);
    expect(knock).toMatchObject({
      path: "/webhooks/clerk",
      headers: { "user-agent": "Forger/1.0" },
    });
    expect(knock?.body).toHaveLength(0);
    expect(Object.keys(knock?.headers ?? {}).filter((name) => name.startsWith("svix"))).toEqual([]);
  });

  test("of a flood is passed on 20 times a minute, and again in the next one", async () => {
    for (let i = 0; i < 30; i += 1) await forge();
    expect(received).toHaveLength(20);
    now += 60_000;
    await forge();
    expect(received).toHaveLength(21);
  });

  test("is answered as ever while Convex cannot be reached", async () => {
    await forge("http://127.0.0.1:1");
    expect(errors.mock.calls.flat().join()).toContain("Convex not told");
  });

  test("is what it is called for: a signed event knocks once, with its body", async () => {
    await deliver(signed(EVENT, { at: new Date(now) }));
    expect(later).toEqual([]);
    expect(received).toHaveLength(1);
  });
});
