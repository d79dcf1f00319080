/** The Frontend API: what clerk-js in a browser calls, through the app's own origin. */
import type { Clerk } from "../clerk.ts";
import type { HttpReply, Route } from "../../http/routes.ts";
import { createClient, getClient, getEnvironment } from "./client.ts";
import type { Exchange } from "./exchange.ts";
import { openExchange } from "./exchange.ts";
import { handshake } from "./handshake.ts";
import * as me from "./me.ts";
import * as sessions from "./sessions.ts";
import * as signIns from "./signIns.ts";
import * as signUps from "./signUps.ts";

type Answer = (exchange: Exchange) => Promise<HttpReply> | HttpReply;

function route(method: string, path: string, handle: Answer): Route<Clerk> {
  return {
    method,
    path: `/v1${path}`,
    handle: (clerk, request, params) => handle(openExchange(clerk, request, params)),
  };
}

export const frontendRoutes: Route<Clerk>[] = [
  route("GET", "/environment", getEnvironment),
  route("PATCH", "/environment", getEnvironment),
  route("GET", "/client", getClient),
  route("PUT", "/client", createClient),
  route("POST", "/client", createClient),
  route("DELETE", "/client", sessions.removeSessions),
  route("GET", "/client/handshake", handshake),

  route("POST", "/client/sign_ups", signUps.createSignUp),
  route("GET", "/client/sign_ups/:id", signUps.getSignUp),
  route("PATCH", "/client/sign_ups/:id", signUps.updateSignUp),
  route("POST", "/client/sign_ups/:id/prepare_verification", signUps.prepareVerification),
  route("POST", "/client/sign_ups/:id/attempt_verification", signUps.attemptVerification),

  route("POST", "/client/sign_ins", signIns.createSignIn),
  route("GET", "/client/sign_ins/:id", signIns.getSignIn),
  route("POST", "/client/sign_ins/:id/prepare_first_factor", signIns.prepareFirstFactor),
  route("POST", "/client/sign_ins/:id/attempt_first_factor", signIns.attemptFirstFactor),
  route("POST", "/client/sign_ins/:id/reset_password", signIns.resetPassword),

  route("DELETE", "/client/sessions", sessions.removeSessions),
  route("GET", "/client/sessions/:id", sessions.getSession),
  route("POST", "/client/sessions/:id/touch", sessions.touchSession),
  route("POST", "/client/sessions/:id/tokens", sessions.createToken),
  route("POST", "/client/sessions/:id/tokens/:template", sessions.createToken),
  route("POST", "/client/sessions/:id/end", (exchange) =>
    sessions.finishSession(exchange, "ended"),
  ),
  route("POST", "/client/sessions/:id/remove", (exchange) =>
    sessions.finishSession(exchange, "removed"),
  ),

  route("GET", "/me", me.getMe),
  route("PATCH", "/me", me.updateMe),
  route("DELETE", "/me", me.deleteMe),
  route("PATCH", "/me/metadata", me.updateMyMetadata),
  route("POST", "/me/change_password", me.changePassword),
  route("POST", "/me/profile_image", me.refuseProfileImage),
  route("GET", "/me/sessions/active", me.listMySessions),
  route("POST", "/me/sessions/:id/revoke", sessions.revokeOwnSession),
];
