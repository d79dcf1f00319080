import { decodeJwt } from "jose";
import { ConvexHttpClient } from "convex/browser";
import { Webhook } from "svix";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { RawClient } from "../convex/frames.ts";
import { authenticate, bearer, callOverHttp } from "./requests.ts";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.close());

/** A live list of the company's projects, with its first result. */
async function watchProjects(company: Company, token: string): Promise<RawClient> {
  const client = await RawClient.open(target.convex.url);
  authenticate(client, { tokenType: "User", value: token });
  client.watch(1, "projects:get", { projectId: company.projectId });
  await client.frame((frame) => JSON.stringify(frame).includes("Secret of"));
  return client;
}

/** Tells Convex what Clerk tells when a user is deleted. */
async function deliverDeletion(userId: string): Promise<void> {
  const body = JSON.stringify({ object: "event", type: "user.deleted", data: { id: userId } });
  const at = new Date();
  const response = await fetch(`${target.convex.siteUrl}/webhooks/clerk`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "svix-id": `msg_${userId}`,
      "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
      "svix-signature": new Webhook(target.clerk.webhookSecret).sign(`msg_${userId}`, at, body),
    },
  });
  expect(response.status).toBe(200);
}

test("a deactivated member's open subscription turns into a refusal at once, and the token no longer helps", async () => {
  const company = await target.newCompany("Leaver");
  const token = await company.token();
  const client = await watchProjects(company, token);
  const seen = client.frames.length;
  await deliverDeletion(company.userId);

  const frame = await client.frame((each) => JSON.stringify(each).includes("QueryFailed"), seen);
  expect(frame.modifications).toMatchObject([
    { type: "QueryFailed", errorData: { code: "MEMBER_DEACTIVATED" } },
  ]);
  const before = await target.state();
  const args = { projectId: company.projectId };
  const call = { endpoint: "mutation", path: "projects:archive", args } as const;
  const { body } = await callOverHttp(target.convex.url, call, bearer(token));
  expect(body).toMatchObject({ status: "error", errorData: { code: "MEMBER_DEACTIVATED" } });
  expect(await target.state()).toBe(before);
});

test("a subscription shows nothing new once its token has ended", async () => {
  const company = await target.newCompany("Expiring");
  const client = await watchProjects(company, await company.token(1));
  const seen = client.frames.length;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const colleague = new ConvexHttpClient(target.convex.url, { logger: false });
  colleague.setAuth(await company.token());
  const { projectId } = company;
  await colleague.mutation(api.projects.update, { projectId, notes: "Written afterwards" });
  await client.frame(({ type }) => type === "AuthError", seen);
  expect(JSON.stringify(client.frames)).not.toContain("Written afterwards");
});

test("after signing out there are no new tokens, and those that are out end within a minute", async () => {
  const company = await target.newCompany("Outgoing");
  const { exp = Infinity } = decodeJwt(await company.token());
  await target.clerkClient.sessions.revokeSession(company.sessionId);
  await expect(company.token()).rejects.toMatchObject({ status: 400 });
  expect(exp * 1000 - Date.now()).toBeLessThanOrEqual(60_000);
});

test("a connection that signs out keeps no data of the person before", async () => {
  const company = await target.newCompany("Shared");
  const client = await watchProjects(company, await company.token());
  const seen = client.frames.length;
  client.send({ type: "Authenticate", baseVersion: 1, tokenType: "None" });
  const frame = await client.frame(({ type }) => type === "Transition", seen);
  expect(frame.modifications).toMatchObject([
    { type: "QueryFailed", errorData: { code: "UNAUTHENTICATED" } },
  ]);
});
