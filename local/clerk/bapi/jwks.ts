import type { Clerk } from "../clerk.ts";
import type { Route } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";

/** The public keys, for Clerk's back-end SDK and, by OpenID Connect discovery, for Convex. */
export const keyRoutes: Route<Clerk>[] = [
  { method: "GET", path: "/v1/jwks", handle: async ({ tokens }) => json(await tokens.keySet()) },
  {
    method: "GET",
    path: "/.well-known/jwks.json",
    handle: async ({ tokens }) => json(await tokens.keySet()),
  },
  {
    method: "GET",
    path: "/.well-known/openid-configuration",
    handle: ({ issuer }) =>
      json({
        issuer,
        jwks_uri: `${issuer}/.well-known/jwks.json`,
        authorization_endpoint: `${issuer}/oauth/authorize`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      }),
  },
];
