/// <reference types="vite/client" />
import { convexTest, type TestConvex } from "convex-test";
import { Webhook } from "svix";
import schema from "../../convex/schema.ts";

/** Every module of convex/, as the deployment would load it. */
export const modules = import.meta.glob("../../convex/**/*.{ts,tsx,js}");

export type Backend = TestConvex<typeof schema>;

export const WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/**
 * A fresh, empty deployment on convex-test, with Convex's transaction limits on, or tighter
 * ones, and with modules of a test's own beside those of convex/.
 */
export function backend(
  limits: { documentsRead?: number; documentsWritten?: number } = {},
  added: typeof modules = {},
): Backend {
  process.env.CLERK_WEBHOOK_SIGNING_SECRET = WEBHOOK_SECRET;
  const all = { ...modules, ...added };
  return convexTest({ schema, modules: all, transactionLimits: limits });
}

export type ClerkUser = {
  id: string;
  email: string;
  firstName?: string;
  lastName?: string;
  verified?: boolean;
  unsafeMetadata?: Record<string, unknown>;
  publicMetadata?: Record<string, unknown>;
  updatedAt?: number;
};

/** Clerk's user.* event about a user. */
export function clerkEvent(type: string, user: ClerkUser) {
  return {
    object: "event",
    type,
    data: {
      id: user.id,
      object: "user",
      primary_email_address_id: `idn_${user.id}`,
      email_addresses: [
        {
          id: `idn_${user.id}`,
          email_address: user.email,
          verification: { status: user.verified === false ? "unverified" : "verified" },
        },
      ],
      first_name: user.firstName ?? null,
      last_name: user.lastName ?? null,
      unsafe_metadata: user.unsafeMetadata ?? {},
      public_metadata: user.publicMetadata ?? {},
      updated_at: user.updatedAt ?? 1_000,
    },
  };
}

/** A webhook request of Svix, signed with `secret`; by default the right one, now. */
export function signed(
  body: string,
  {
    id = `msg_${Math.random().toString(36).slice(2)}`,
    at = new Date(),
    secret = WEBHOOK_SECRET,
  }: { id?: string; at?: Date; secret?: string } = {},
): RequestInit & { headers: Record<string, string> } {
  return {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "svix-id": id,
      "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
      "svix-signature": new Webhook(secret).sign(id, at, body),
    },
  };
}

/** Delivers an event of Clerk's to the deployment's webhook route, as Clerk would. */
export async function deliver(t: Backend, event: unknown, id?: string): Promise<Response> {
  return await t.fetch("/webhooks/clerk", signed(JSON.stringify(event), { id }));
}

/** The identity that a Convex token of this user carries. */
export function identityOf(user: ClerkUser) {
  return {
    subject: user.id,
    issuer: "https://clerk.test",
    email: user.email,
    emailVerified: user.verified !== false,
    name: [user.firstName, user.lastName].filter(Boolean).join(" ") || undefined,
  };
}
