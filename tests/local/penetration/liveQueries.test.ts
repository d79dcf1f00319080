import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConvexHttpClient } from "convex/browser";
import { api } from "../../../convex/_generated/api.js";
import { type Case, CASES, staffLevelOf } from "../../isolation/cases.ts";
import { registeredFunctions } from "../../isolation/functions.ts";
import type { TestTenant } from "../../support/tenant.ts";
import { RawClient } from "../convex/frames.ts";
import { authenticate, bearer, callOverHttp } from "./requests.ts";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;
let ours: Company;
let theirs: Company;
/** Every public query that asks who is there and opens to a company's people, with arguments that work for its company. */
let queries: { path: string; argsFor: (company: Company) => Record<string, unknown> }[];

beforeAll(async () => {
  target = await startTarget();
  ours = await target.newCompany("Ours");
  theirs = await target.newCompany("Theirs");
  const functions = await registeredFunctions();
  queries = functions
    .filter(({ kind, visibility }) => kind === "query" && visibility === "public")
    .filter(({ path }) => forMembers(CASES[path]?.gate))
    .map(({ path }) => ({ path, argsFor: (company) => CASES[path]?.args(asCase(company)) ?? {} }));
});
afterAll(() => target.close());

function forMembers(gate: Case["gate"] | undefined): boolean {
  return gate === undefined || (gate !== "guest" && staffLevelOf(gate) === null);
}

/** The company in the shape that the cases of the isolation suite take. */
function asCase(company: Company): TestTenant {
  const stages = company.stageIds.map((_id) => ({ _id }));
  return { ...company, viewerId: company.memberId, stages } as unknown as TestTenant;
}

/** A connection on which every public query of the company is live. */
async function watchEverything(company: Company): Promise<RawClient> {
  const client = await RawClient.open(target.convex.url);
  authenticate(client, { tokenType: "User", value: await company.token() });
  for (const [queryId, { path, argsFor }] of queries.entries()) {
    client.watch(queryId, path, argsFor(company));
  }
  await client.frame(
    ({ endVersion }) => endVersion?.querySet === queries.length && endVersion.identity === 1,
  );
  expect(JSON.stringify(client.frames)).not.toContain("QueryFailed");
  return client;
}

/** Changes everything that a member can change. */
async function writeEverywhere(client: ConvexHttpClient, company: Company) {
  const { projectId, stageIds, invitationId, permitId, authorityId } = company;
  await client.mutation(api.presence.beat, {});
  await client.mutation(api.invitations.revoke, { invitationId });
  const made = await client.mutation(api.projects.create, { name: "New", customerName: "Joan" });
  await client.mutation(api.projects.update, { projectId, notes: "Changed" });
  await client.mutation(api.projects.setAuthorities, { projectId, ahjId: authorityId });
  await client.mutation(api.authorities.update, { authorityId, revision: 0, name: "New City" });
  const approved = { kind: "approved", on: "2026-01-20" } as const;
  await client.mutation(api.permits.record, { permitId, revision: 1, step: approved });
  await client.mutation(api.projects.moveToStage, { projectId, stageId: stageIds[3]! });
  await client.mutation(api.projects.archive, { projectId: made });
  await client.mutation(api.projects.restore, { projectId: made });
}

test("whatever a company writes, another company's live queries do not run again: not one frame", async () => {
  const watching = await watchEverything(ours);
  const colleague = await watchEverything(theirs);
  const seen = watching.frames.length;
  const seenByColleague = colleague.frames.length;
  await writeEverywhere(await theirs.client(), theirs);
  // A company that comes into being, and one that loses a person, are others' writes too.
  await target.newCompany("Newcomer");
  await colleague.frame((frame) => JSON.stringify(frame).includes("Changed"), seenByColleague);

  // Frames come in order, so whatever the writes had caused would arrive before this answer.
  watching.send({
    type: "ModifyQuerySet",
    baseVersion: queries.length,
    newVersion: queries.length + 1,
    modifications: [],
  });
  const wanted = ({ endVersion }: { endVersion?: { querySet: number } }) =>
    endVersion?.querySet === queries.length + 1;
  await watching.frame(wanted, seen);
  const frames = watching.frames.slice(seen);
  expect(frames).toHaveLength(1);
  expect(frames[0]?.modifications).toEqual([]);
});

test("the same query with the same arguments answers each identity with its own data", async () => {
  for (const { path, argsFor } of queries) {
    const args = argsFor(ours);
    // Without the filters, that both companies' projects are what is asked for.
    if (path === "projects:list") {
      delete args.stageId;
      delete args.ownerId;
    }
    const call = { endpoint: "query", path, args } as const;
    const [first, second, nobody, again] = [
      await callOverHttp(target.convex.url, call, bearer(await ours.token())),
      await callOverHttp(target.convex.url, call, bearer(await theirs.token())),
      await callOverHttp(target.convex.url, call),
      await callOverHttp(target.convex.url, call, bearer(await ours.token())),
    ];
    expect(JSON.stringify(second), path).not.toMatch(/of Ours|Ours Solar|@ours\.example/);
    expect(nobody.body, path).toMatchObject({ errorData: { code: "UNAUTHENTICATED" } });
    expect(again, path).toEqual(first);
  }
});

test("one connection that changes its person shows the next one nothing of the one before", async () => {
  const client = await watchEverything(ours);
  const seen = client.frames.length;
  client.send({
    type: "Authenticate",
    baseVersion: 1,
    tokenType: "User",
    value: await theirs.token(),
  });
  await client.frame(({ endVersion }) => endVersion?.identity === 2, seen);
  const after = JSON.stringify(client.frames.slice(seen));
  expect(after).toContain("Theirs Solar");
  expect(after).not.toMatch(/of Ours|Ours Solar|@ours\.example/);
});
