import { setTimeout as sleep } from "node:timers/promises";
import { createClerkClient } from "@clerk/backend";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../../convex/_generated/api.js";
import type { PlanId } from "../../lib/plans.ts";
import { Problem } from "./problem.ts";

/** A running local stack, as far as making accounts in it needs to know. */
export type LocalStack = { clerkUrl: string; clerkSecretKey: string; convexUrl: string };

export type AccountRequest = {
  companyName: string;
  plan: PlanId;
  name: string;
  email: string;
  password: string;
};

/** A signed-up administrator: `convex()` gives a client that acts as that person for a minute. */
export type Account = { userId: string; convex(): Promise<ConvexHttpClient> };

const WEBHOOK_LIMIT_MS = 20_000;

/**
 * Signs a company up without a browser: the user is created through Clerk's back-end API, Clerk sends
 * its signed webhook, and the company appears as it does for everybody. An account with that address
 * is used as it is. Throws a Problem when the company does not appear in time.
 */
export async function ensureAccount(stack: LocalStack, request: AccountRequest): Promise<Account> {
  const clerk = createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl });
  const { email, companyName, plan } = request;
  const known = await clerk.users.getUserList({ emailAddress: [email] });
  const [firstName, ...rest] = request.name.split(" ");
  const user =
    known.data[0] ??
    (await clerk.users.createUser({
      emailAddress: [email],
      password: request.password,
      firstName,
      lastName: rest.join(" "),
      unsafeMetadata: { companyName, plan },
    }));
  const convex = async () => {
    const session = await clerk.sessions.createSession({ userId: user.id });
    const { jwt } = await clerk.sessions.getToken(session.id, "convex");
    const client = new ConvexHttpClient(stack.convexUrl, { logger: false });
    client.setAuth(jwt);
    return client;
  };
  await waitForCompany(await convex(), companyName);
  return { userId: user.id, convex };
}

async function waitForCompany(client: ConvexHttpClient, companyName: string): Promise<void> {
  const limit = Date.now() + WEBHOOK_LIMIT_MS;
  while (Date.now() < limit) {
    const { status } = await client.query(api.onboarding.status, {});
    if (status === "ready") return;
    await sleep(50);
  }
  throw new Problem(
    `The company "${companyName}" did not appear within ${WEBHOOK_LIMIT_MS / 1000} s of its sign-up.`,
  );
}
