import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { errorData } from "../../../lib/errors.ts";
import { bearer } from "./requests.ts";
import { type Company, sendLogo, startTarget, type Target } from "./target.ts";

let target: Target;
let attacker: Company;
let victim: Company;

beforeAll(async () => {
  target = await startTarget();
  attacker = await target.newCompany("Attacker");
  victim = await target.newCompany("Victim");
});
afterAll(() => target.close());

async function code(call: Promise<unknown>): Promise<string | undefined> {
  return await call.then(
    () => "done",
    (thrown: unknown) => errorData(thrown)?.code,
  );
}

function open(fileId: string, headers: Record<string, string> = {}) {
  return fetch(`${target.convex.siteUrl}/files/${fileId}`, { headers });
}

test("nobody claims what another company has sent, though its storage id has leaked", async () => {
  const before = [await target.state(), await victim.world()];
  const client = await attacker.client();
  const replaces = attacker.logoId;
  const { uploadId } = attacker.upload;
  const { storageId } = victim.upload;
  expect(await code(client.mutation(api.company.setLogo, { uploadId, storageId, replaces }))).toBe(
    "NOT_FOUND",
  );
  const withTheirUpload = { ...victim.upload, replaces };
  expect(await code(client.mutation(api.company.setLogo, withTheirUpload))).toBe("NOT_FOUND");
  expect([await target.state(), await victim.world()]).toEqual(before);

  const own = await victim.client();
  const claim = { ...victim.upload, replaces: victim.logoId };
  expect(await own.mutation(api.company.setLogo, claim)).toHaveProperty("fileId");
});

test("a file is opened by its own company's token and by no other, whichever part is asked for", async () => {
  const me = await (await victim.client()).query(api.members.me, {});
  const fileId = me.tenant.logoId!;
  const own = bearer(await victim.token());
  const part = await open(fileId, { ...own, range: "bytes=4-7" });
  expect([part.status, await part.text()]).toEqual([206, "logo"]);
  expect(part.headers.get("content-range")).toBe("bytes 4-7/18");

  for (const range of [undefined, "bytes=0-", "bytes=4-7", "bytes=999-"]) {
    const headers: Record<string, string> = range === undefined ? {} : { range };
    const foreign = await open(fileId, { ...headers, ...bearer(await attacker.token()) });
    expect(foreign.status).toBe(404);
    expect(await foreign.text()).not.toContain("logo of Victim");
    expect((await open(fileId, headers)).status).toBe(401);
    expect((await open(fileId, { ...headers, ...bearer("x.y.z") })).status).toBe(401);
  }
  const etag = part.headers.get("etag") ?? "";
  expect((await open(fileId, { ...own, "if-none-match": etag })).status).toBe(304);
  const unchanged = { "if-none-match": etag, ...bearer(await attacker.token()) };
  expect((await open(fileId, unchanged)).status).toBe(404);
});

test("what is not what it was said to be is refused, and its bytes are gone", async () => {
  const client = await attacker.client();
  const bytes = "<svg onload='alert(1)'/>";
  const { uploadId, uploadUrl } = await client.mutation(api.company.startLogoUpload, {
    file: {
      name: "logo.png",
      size: bytes.length,
      contentType: "image/png",
      sha256: createHash("sha256").update(bytes).digest("hex"),
    },
  });
  const headers = { "content-type": "image/svg+xml" };
  const sent = await fetch(uploadUrl, { method: "POST", headers, body: bytes });
  const { storageId } = (await sent.json()) as { storageId: typeof attacker.upload.storageId };
  const claim = { uploadId, storageId, replaces: attacker.logoId };
  expect(await client.mutation(api.company.setLogo, claim)).toMatchObject({
    refused: { code: "INVALID", message: "A logo must be PNG, JPEG, or WEBP." },
  });
  expect(await code(client.mutation(api.company.setLogo, claim))).toBe("NOT_FOUND");
});

test("one claim of two at the same moment succeeds", async () => {
  const client = await attacker.client();
  const upload = await sendLogo(client, "Sent once");
  const claim = { ...upload, replaces: attacker.logoId };
  const clients = await Promise.all(Array.from({ length: 5 }, () => attacker.client()));
  const answers = await Promise.all(
    clients.map((each) => code(each.mutation(api.company.setLogo, claim))),
  );
  expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "NOT_FOUND")).toHaveLength(4);
});
