import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConvexHttpClient } from "convex/browser";
import { api } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { ADMINISTRATOR } from "../../../lib/roles.ts";
import { type Company, startTarget, type Target } from "../penetration/target.ts";

/** What many do at the same moment, on the real engine and through real connections. */

let target: Target;
let company: Company;
let other: Company;

beforeAll(async () => {
  target = await startTarget();
  company = await target.newCompany("Crowded");
  other = await target.newCompany("Bystander");
});
afterAll(() => target.close());

/** A client that acts as a new member of the company, who joined with these roles. */
async function join(roles: [typeof ADMINISTRATOR]) {
  const email = `second+clerk_test@crowded.example`;
  const [primaryRole] = roles;
  const admin = await company.client();
  await admin.mutation(api.invitations.invite, { emails: [email], roles, primaryRole });
  const [invitation] = await admin.query(api.invitations.list, {});
  const user = await target.clerkClient.users.createUser({
    emailAddress: [email],
    password: "rooftop-panels-7",
  });
  const session = await target.clerkClient.sessions.createSession({ userId: user.id });
  const { jwt } = await target.clerkClient.sessions.getToken(session.id, "convex");
  const client = await company.client();
  client.setAuth(jwt);
  await client.mutation(api.joining.accept, { invitationId: invitation!._id });
  return client;
}

test("of two administrators who demote each other at once, one stays one", async () => {
  const first = await company.client();
  const second = await join([ADMINISTRATOR]);
  const demote = (by: ConvexHttpClient, memberId: Id<"members">) =>
    by.mutation(api.members.changeRoles, {
      ...{ memberId, roles: ["Viewer"], primaryRole: "Viewer", seen: [ADMINISTRATOR] },
    });
  const ids = await Promise.all(
    [first, second].map(async (each) => (await each.query(api.members.me, {})).member!._id),
  );
  const results = await Promise.allSettled([demote(first, ids[1]!), demote(second, ids[0]!)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const administrators = target
    .rows("members")
    .filter(({ tenantId }) => tenantId === company.tenantId)
    .filter(({ roles }) => roles.includes(ADMINISTRATOR));
  expect(administrators).toHaveLength(1);
});

test("of a hundred invitations at once for one seat, exactly one is sent", async () => {
  const admin = await other.client();
  const { used, limit } = await admin.query(api.members.seats, {});
  const form = { roles: ["Viewer" as const], primaryRole: "Viewer" as const };
  const early = Array.from({ length: limit! - used - 1 }, (_, n) => `early${n}@x.example`);
  await admin.mutation(api.invitations.invite, { emails: early, ...form });

  const clients = await Promise.all(Array.from({ length: 10 }, () => other.client()));
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) =>
      clients[n % clients.length]!.mutation(api.invitations.invite, {
        ...{ emails: [`late${n}@x.example`], ...form },
      }),
    ),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = results.filter((each) => each.status === "rejected");
  for (const { reason } of refused) expect(JSON.stringify(reason.data)).toContain("LIMIT_REACHED");
  expect(await admin.query(api.members.seats, {})).toEqual({ used: limit, limit });
  const ofOther = (table: "members" | "invitations", wanted: "active" | "pending") =>
    target
      .rows(table)
      .filter(({ tenantId, status }) => tenantId === other.tenantId && status === wanted);
  expect(ofOther("invitations", "pending").length + ofOther("members", "active").length).toBe(
    limit,
  );
});
