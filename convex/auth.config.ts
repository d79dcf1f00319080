import type { AuthConfig } from "convex/server";

/** Tokens come from Clerk's JWT template "convex" and from nowhere else. */
export default {
  providers: [{ domain: process.env.CLERK_JWT_ISSUER_DOMAIN!, applicationID: "convex" }],
} satisfies AuthConfig;
