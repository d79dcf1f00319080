import { setTimeout as sleep } from "node:timers/promises";
import { createClerkClient } from "@clerk/backend";
import { ConvexHttpClient } from "convex/browser";
import { api, internal } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import type { PlanId } from "../../lib/plans.ts";
import type { Role } from "../../lib/roles.ts";
import type { StaffLevel } from "../../lib/staff.ts";
import { Problem } from "./problem.ts";
import { runInternal } from "./runInternal.ts";

/** A running local stack, as far as making accounts in it needs to know. */
export type LocalStack = {
  clerkUrl: string;
  clerkSecretKey: string;
  convexUrl: string;
  convexAdminKey: string;
};

export type AccountRequest = {
  companyName: string;
  plan: PlanId;
  name: string;
  email: string;
  password: string;
};

/** Somebody with an account: `convex()` gives a client that acts as that person for a minute. */
export type Account = { userId: string; convex(): Promise<ConvexHttpClient> };

/** How long the webhook may take before the company is asked for, as the onboarding page does. */
const ENSURE_AFTER_MS = 6_000;
const COMPANY_LIMIT_MS = 20_000;

/**
 * Signs a company up without a browser: the user is created through Clerk's back-end API, Clerk sends
 * its signed webhook, and the company appears as it does for everybody. An account with that address
 * is used as it is. Throws a Problem when the company does not appear in time.
 */
export async function ensureAccount(stack: LocalStack, request: AccountRequest): Promise<Account> {
  const { companyName, plan } = request;
  const account = await ensureUser(stack, request, { companyName, plan });
  await waitForCompany(await account.convex(), { companyName, plan });
  return account;
}

export type Colleague = { name: string; email: string; password: string; roles: Role[] };

/**
 * Makes somebody a member of the administrator's company as everybody becomes one: invited, and
 * joined. Who is one already stays as they are. Throws a Problem when they cannot join.
 */
export async function ensureColleague(
  stack: LocalStack,
  administrator: Account,
  { roles, ...person }: Colleague,
): Promise<Account> {
  const account = await ensureUser(stack, person, {});
  const client = await account.convex();
  if ((await client.query(api.onboarding.status, {})).status === "ready") return account;
  const invitationId = await ensureInvitation(administrator, person.email, roles);
  const answer = await client.mutation(api.joining.accept, { invitationId });
  if (answer.status === "joined") return account;
  throw new Problem(`${person.name} could not join the company: ${answer.reason}.`);
}

/** The invitation to an address, sent unless it is there already. */
export async function ensureInvitation(
  administrator: Account,
  email: string,
  roles: Role[],
): Promise<Id<"invitations">> {
  const client = await administrator.convex();
  const find = async () =>
    (await client.query(api.invitations.list, {})).find((each) => each.email === email);
  const known = await find();
  if (known) return known._id;
  const primaryRole = roles[0] ?? "Viewer";
  await client.mutation(api.invitations.invite, { emails: [email], roles, primaryRole });
  const invitation = await find();
  if (!invitation) throw new Problem(`The invitation to ${email} is not in the list.`);
  return invitation._id;
}

/** One of Sunup's own people with that level, granted as the command line does. */
export async function ensureStaff(
  stack: LocalStack,
  { level, ...person }: { name: string; email: string; password: string; level: StaffLevel },
): Promise<Account> {
  const account = await ensureUser(stack, person, {});
  await runInternal(stack, "action", internal.staff.grant, { email: person.email, level });
  return account;
}

/** A user of the local Clerk, made through its back-end API unless the address has one. */
async function ensureUser(
  stack: LocalStack,
  { name, email, password }: Pick<AccountRequest, "name" | "email" | "password">,
  unsafeMetadata: Record<string, unknown>,
): Promise<Account> {
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  const known = await clerk.users.getUserList({ emailAddress: [email] });
  const [firstName, ...rest] = name.split(" ");
  const user =
    known.data[0] ??
    (await clerk.users.createUser({
      emailAddress: [email],
      password,
      firstName,
      lastName: rest.join(" "),
      unsafeMetadata,
    }));
  const convex = async () => {
    const session = await clerk.sessions.createSession({ userId: user.id });
    const { jwt } = await clerk.sessions.getToken(session.id, "convex");
    const client = new ConvexHttpClient(stack.convexUrl, { logger: false });
    client.setAuth(jwt);
    return client;
  };
  return { userId: user.id, convex };
}

/** Waits for the company, and asks for it once when its webhook is lost or late. */
async function waitForCompany(
  client: ConvexHttpClient,
  wish: Pick<AccountRequest, "companyName" | "plan">,
): Promise<void> {
  const limit = Date.now() + COMPANY_LIMIT_MS;
  const ensureAt = Date.now() + ENSURE_AFTER_MS;
  let asked = false;
  while (Date.now() < limit) {
    const { status } = await client.query(api.onboarding.status, {});
    if (status === "ready") return;
    if (!asked && Date.now() >= ensureAt) {
      asked = true;
      await client.mutation(api.onboarding.ensureTenant, wish);
    }
    await sleep(50);
  }
  throw new Problem(
    `The company "${wish.companyName}" did not appear within ${COMPANY_LIMIT_MS / 1000} s of its sign-up.`,
  );
}
