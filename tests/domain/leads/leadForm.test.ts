import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { TENANT_TABLES } from "../../../convex/tenancy/tables.ts";
import { type FormDoor, showForm, takeSending } from "../../../lib/leadForm/delivery.ts";
import { TRAP_FIELD } from "../../../lib/leadForm/page.ts";
import { sealHeaders } from "../../../lib/leadForm/handOver.ts";
import { type Backend, backend, WEBHOOK_SECRET } from "../../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../../support/tenant.ts";

/** A guest's browser, our Next server's part and Convex, one after the other. */

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let now: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
  now = Date.now();
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => t.fetch(new URL(url).pathname, init));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const door = (): FormDoor => ({
  env: {
    CLERK_WEBHOOK_SIGNING_SECRET: WEBHOOK_SECRET,
    NEXT_PUBLIC_CONVEX_SITE_URL: "http://convex.test",
  },
  show: (token) => t.query(api.leadForms.show, { token }),
  now: () => now,
});

const addressOf = (token: string) => `http://localhost:3000/f/${token}`;

/** Opens the form: the page's text, and what it hides. */
async function open(token: string) {
  const response = await showForm(new Request(addressOf(token)), token, door());
  const text = await response.text();
  return { response, text, hidden: hiddenIn(text) };
}

function hiddenIn(text: string) {
  const hidden = (name: string) =>
    new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(text)?.[1] ?? "";
  return { opened: hidden("opened"), sending: hidden("sending"), seal: hidden("seal") };
}

const ANN = { name: "Ann <b>Diaz</b>", email: "ANN@home.test", phone: "", message: "Two roofs" };

async function post(
  token: string,
  entries: Record<string, string>,
  address = "203.0.113.7",
): Promise<{ status: number; text: string; location: string | null }> {
  const request = new Request(addressOf(token), {
    method: "POST",
    headers: { "x-forwarded-for": `198.51.100.1, ${address}` },
    body: new URLSearchParams(entries),
  });
  const response = await takeSending(request, token, door());
  const { status, headers } = response;
  return { status, text: await response.text(), location: headers.get("location") };
}

/** Opens the form, takes ten seconds, and sends it. */
async function fillIn(token: string, entries: Record<string, string> = ANN, address?: string) {
  const { hidden } = await open(token);
  now += 10_000;
  const answer = await post(token, { ...entries, ...hidden }, address);
  // Convex's own clock stands still meanwhile.
  now -= 10_000;
  return answer;
}

const SENT = { status: 303, location: "?sent=1" };

async function namesIn({ as }: TestTenant) {
  const { page } = await as.query(api.leads.list, {
    paginationOpts: { numItems: 100, cursor: null },
  });
  return page.map(({ name }) => name);
}

describe("a campaign's form", () => {
  it("brings a guest's request to its own company and campaign, in turn, and nowhere else", async () => {
    const { campaignId, memberId } = north;
    await north.as.mutation(api.campaigns.setAssignment, {
      ...{ campaignId, assignment: "roundRobin" },
      memberIds: [memberId],
    });
    const before = await worldOf(t, south.tenantId, TENANT_TABLES);
    expect(await fillIn(north.formToken)).toMatchObject(SENT);

    const { page } = await north.as.query(api.leads.list, {
      paginationOpts: { numItems: 1, cursor: null },
    });
    expect(page[0]).toMatchObject({ name: "Ann <b>Diaz</b>", source: "form", status: "new" });
    expect(page[0]).toMatchObject({ email: "ann@home.test", campaignId, assigneeId: memberId });
    const lead = await north.as.query(api.leads.get, { leadId: page[0]!._id });
    expect(lead.notes).toBe("Two roofs");
    expect(Object.keys(lead)).not.toContain("visitor");
    expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(before);
  });

  it("shows the company's name and nothing else of it, without a script or a session", async () => {
    const { response, text } = await open(north.formToken);
    expect(text).toContain("north Solar");
    expect(text).not.toMatch(/Fair of|Ada|@north|south|<script|_id/);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-[0-9a-f]{32}'; form-action 'self'/,
    );
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("says what is wrong at the field, and keeps what was typed, as text", async () => {
    const entries = { ...ANN, email: "ann@", message: '"><script>alert(1)</script>' };
    const { status, text } = await fillIn(north.formToken, entries);
    expect(status).toBe(422);
    expect(text).toContain("Please check the e-mail address.");
    expect(text).toContain("Ann &#60;b&#62;Diaz");
    expect(text).not.toContain("<script");
    expect((await fillIn(north.formToken, { name: "Ann" })).text).toContain(
      "Please enter an e-mail address or a phone number",
    );
    expect(await namesIn(north)).toEqual(["Lead of north"]);
  });

  it("counts a request once, however often it arrives", async () => {
    const { hidden } = await open(north.formToken);
    now += 10_000;
    const all = await Promise.all(
      [1, 2, 3].map(() => post(north.formToken, { ...ANN, ...hidden })),
    );
    for (const answer of all) expect(answer).toMatchObject(SENT);
    expect(await namesIn(north)).toHaveLength(2);
  });

  it("says when it could not be sent, and counts once when only the answer was lost", async () => {
    const { hidden } = await open(north.formToken);
    now += 10_000;
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      await t.fetch(new URL(url).pathname, init);
      throw new Error("The line went dead.");
    });
    const lost = await post(north.formToken, { ...ANN, ...hidden });
    expect(lost).toMatchObject({ status: 503 });
    expect(lost.text).toContain("Please try again in a minute.");
    vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
      t.fetch(new URL(url).pathname, init),
    );
    now += 10_000;
    expect(await post(north.formToken, { ...ANN, ...hiddenIn(lost.text) })).toMatchObject(SENT);
    expect(await namesIn(north)).toHaveLength(2);
  });

  it("lets machines out: too quick, too late, not handed out here, for another form, the hidden field", async () => {
    const { hidden } = await open(north.formToken);
    const send = (change: object, token = north.formToken) =>
      post(token, { ...ANN, ...hidden, ...change });
    now += 1_000;
    expect((await send({})).text).toContain("That was very quick.");
    now += 60_000;
    expect((await send({ seal: "0".repeat(64) })).status).toBe(422);
    expect((await send({ opened: String(Number(hidden.opened) - 1) })).status).toBe(422);
    expect((await send({ sending: crypto.randomUUID() })).status).toBe(422);
    expect((await send({}, south.formToken)).status).toBe(422);
    expect((await post(north.formToken, ANN)).status).toBe(422);
    expect(await send({ [TRAP_FIELD]: "http://buy.example" })).toMatchObject(SENT);
    now += 25 * 60 * 60_000;
    expect((await send({})).text).toContain("open for too long");
    expect(await namesIn(north)).toEqual(["Lead of north"]);
    expect(await namesIn(south)).toEqual(["Lead of south"]);
  });

  it("refuses a body without end", async () => {
    const { hidden } = await open(north.formToken);
    now += 10_000;
    const huge = { ...ANN, ...hidden, message: "x".repeat(40_000) };
    expect((await post(north.formToken, huge)).status).toBe(413);
    expect((await fillIn(north.formToken, { ...ANN, message: "x".repeat(2_001) })).status).toBe(
      422,
    );
    expect(await namesIn(north)).toEqual(["Lead of north"]);
  });

  it("takes ten requests from one address in ten minutes, and those of others go on", async () => {
    for (let sent = 0; sent < 10; sent++) {
      expect(await fillIn(north.formToken)).toMatchObject(SENT);
    }
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    expect((await fillIn(north.formToken)).status).toBe(429);
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
    expect(await fillIn(north.formToken, ANN, "203.0.113.8")).toMatchObject(SENT);
    expect(await fillIn(south.formToken)).toMatchObject(SENT);
  });

  it("pauses for everybody after sixty of its own leads in ten minutes", async () => {
    // The campaign has one that was typed in, which does not count.
    for (let sent = 0; sent < 60; sent++) {
      expect(await fillIn(north.formToken, ANN, `2001:db8::${sent}`)).toMatchObject(SENT);
    }
    expect((await fillIn(north.formToken, ANN, "2001:db8::ffff")).status).toBe(429);
    expect(await namesIn(north)).toHaveLength(61);
  });
});

describe("a form that takes no requests", () => {
  const ofNorth = () => ({ campaignId: north.campaignId });
  const patch = (change: object) => t.run((ctx) => ctx.db.patch("tenants", north.tenantId, change));

  it.each<[string, () => Promise<unknown>]>([
    ["is turned off", () => north.as.mutation(api.campaigns.closeForm, ofNorth())],
    ["is of an archived campaign", () => north.as.mutation(api.campaigns.archive, ofNorth())],
    ["has another address", () => north.as.mutation(api.campaigns.rotateFormToken, ofNorth())],
    ["is of a paused company", () => patch({ status: "suspended" })],
    ["is of a closed company", () => patch({ status: "closed" })],
  ])("because it %s looks like one that never was", async (_, shut) => {
    const { hidden } = await open(north.formToken);
    await shut();
    now += 10_000;
    const withoutNonce = (text: string) => text.replace(/nonce="[^"]+"/, "");
    const unknown = withoutNonce((await open("0".repeat(32))).text);
    expect(withoutNonce((await open(north.formToken)).text)).toBe(unknown);
    const answer = await post(north.formToken, { ...ANN, ...hidden });
    expect(answer.status).toBe(404);
    expect(withoutNonce(answer.text)).toBe(unknown);
    const leads = await t.run((ctx) => ctx.db.query("leads").collect());
    expect(leads.filter(({ tenantId }) => tenantId === north.tenantId)).toHaveLength(1);
  });

  it.each(["", "x", "../../settings", "0".repeat(31), "G".repeat(32), "0".repeat(10_000)])(
    "has the token %.20j",
    async (token) => {
      expect(await t.query(api.leadForms.show, { token })).toBeNull();
    },
  );

  it("has a token that nobody guesses: new with every turn, 128 bits", async () => {
    const seen = new Set([north.formToken, south.formToken]);
    for (let turn = 0; turn < 20; turn++) {
      await north.as.mutation(api.campaigns.rotateFormToken, { campaignId: north.campaignId });
      const [campaign] = (await north.as.query(api.campaigns.settings, {})).filter(
        ({ _id }) => _id === north.campaignId,
      );
      expect(campaign!.formToken).toMatch(/^[0-9a-f]{32}$/);
      seen.add(campaign!.formToken!);
    }
    expect(seen.size).toBe(22);
  });
});

describe("a form whose company has used the month's leads up", () => {
  it("says so kindly, keeps nothing, and mails the administrators once", async () => {
    const small = await signUp(t, "small", "starter");
    for (let used = 1; used < 50; used++) {
      await small.as.mutation(api.leads.create, { name: `Lead ${used}` });
    }
    for (let turn = 0; turn < 3; turn++) {
      const { status, text } = await fillIn(small.formToken);
      expect(status).toBe(503);
      expect(text).toContain("small Solar cannot take requests through this form at the moment");
    }
    expect(await namesIn(small)).toHaveLength(50);
    const mails = await t.run((ctx) => ctx.db.query("emails").collect());
    const notices = mails.filter(({ message }) => message.kind === "leadsUsedUp");
    expect(notices.map(({ to }) => to)).toEqual(["admin@small.test"]);
    expect(await fillIn(north.formToken)).toMatchObject(SENT);
  });
});

describe("the door to Convex", () => {
  const sending = (token: string, extra: object = {}) =>
    JSON.stringify({
      token,
      answers: { name: "Mallory", email: "m@evil.test", phone: "", address: "", message: "" },
      sending: "made up",
      ...extra,
    });
  const knock = (body: string, headers: Record<string, string>) =>
    t.fetch("/webhooks/leadForm", { method: "POST", body, headers });

  it("opens only to what our own server has sealed, within five minutes, to the byte", async () => {
    const body = sending(north.formToken);
    const sealed = await sealHeaders(WEBHOOK_SECRET, body, Date.now());
    const old = await sealHeaders(WEBHOOK_SECRET, body, Date.now() - 6 * 60_000);
    const foreign = await sealHeaders("whsec_other", body, Date.now());
    for (const [text, headers] of [
      [body, {}],
      [body, old],
      [body, foreign],
      [body, { ...old, "x-sunup-sealed-at": sealed["x-sunup-sealed-at"]! }],
      [body.replace("Mallory", "Malory"), sealed],
      [sending(south.formToken), sealed],
    ] as const) {
      expect((await knock(text, headers)).status).toBe(401);
    }
    expect((await knock("x".repeat(300_000), sealed)).status).toBe(413);
    expect(await namesIn(north)).toEqual(["Lead of north"]);
    expect(await (await knock(body, sealed)).json()).toEqual({ outcome: "received" });
    expect(await namesIn(north)).toEqual(["Mallory", "Lead of north"]);
  });

  it("takes no tenant, campaign or status along, and checks the answers again", async () => {
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    for (const extra of [
      { tenantId: south.tenantId },
      { campaignId: south.campaignId },
      { status: "converted" },
      { answers: { name: "", email: "", phone: "", address: "", message: "" } },
      { answers: { name: 7 } },
    ]) {
      const body = sending(north.formToken, extra);
      const headers = await sealHeaders(WEBHOOK_SECRET, body, Date.now());
      const answer = await knock(body, headers).catch(() => null);
      expect(answer?.ok ?? false).toBe(false);
    }
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
  });
});
