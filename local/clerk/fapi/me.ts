/** The signed-in user's own account, as <UserProfile/> uses it. */
import { ClerkError, fieldError, incorrectPassword, missingField } from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import { attemptSucceeded, beginAttempt } from "../lockout.ts";
import { checkPasswordRules, hashPassword, verifyPassword } from "../passwords.ts";
import type { UserRecord } from "../records.ts";
import { frontendUser, sessionWithActivity } from "../serializers.ts";
import { activeSessions, endOtherSessions } from "../sessions.ts";
import {
  deleteUser,
  getUser,
  mergeMetadata,
  parseMetadata,
  parseName,
  updateUser,
} from "../users.ts";
import type { Exchange } from "./exchange.ts";
import { answer, signedIn } from "./exchange.ts";

/** `GET /v1/me` */
export async function getMe(exchange: Exchange): Promise<HttpReply> {
  return answer(exchange, frontendUser(signedIn(exchange).user));
}

/** `PATCH /v1/me`: the name. Everything else about a user is changed elsewhere or not by the user. */
export async function updateMe(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field, has } = exchange;
  const { user } = signedIn(exchange);
  const change: Partial<UserRecord> = {};
  if (has("first_name")) change.firstName = parseName(field("first_name"), "first_name");
  if (has("last_name")) change.lastName = parseName(field("last_name"), "last_name");
  return answer(exchange, frontendUser(updateUser(clerk, user.id, change)));
}

/** `PATCH /v1/me/metadata`: deep-merges into the unsafe metadata. */
export async function updateMyMetadata(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  const { user } = signedIn(exchange);
  const merged = mergeMetadata(
    user.unsafeMetadata,
    parseMetadata(field("unsafe_metadata"), "unsafe_metadata"),
  );
  const unsafeMetadata = parseMetadata(merged, "unsafe_metadata");
  return answer(exchange, frontendUser(updateUser(clerk, user.id, { unsafeMetadata })));
}

/** `POST /v1/me/change_password`: needs the current password. */
export async function changePassword(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  const { user, session } = signedIn(exchange);
  if (user.passwordHash !== null) {
    if (field("current_password") === "") throw missingField("current_password");
    beginAttempt(clerk, user.id);
    if (!(await verifyPassword(field("current_password"), user.passwordHash))) {
      throw incorrectPassword("current_password");
    }
    attemptSucceeded(clerk, user.id);
  }
  checkPasswordRules(field("new_password"), "new_password");
  if (field("new_password") === field("current_password")) {
    throw fieldError(
      "form_new_password_matches_current",
      "new_password",
      "New password cannot be the same as the current password.",
    );
  }
  const passwordHash = await hashPassword(field("new_password"));
  clerk.store.transaction(() => {
    updateUser(clerk, user.id, { passwordHash, passwordUpdatedAt: clerk.now() });
    if (field("sign_out_of_other_sessions") === "true")
      endOtherSessions(clerk, user.id, session.id);
  });
  return answer(exchange, frontendUser(getUser(clerk, user.id)));
}

/** `GET /v1/me/sessions/active`: one's devices, as a bare list. */
export function listMySessions(exchange: Exchange): HttpReply {
  const { clerk } = exchange;
  const { user } = signedIn(exchange);
  const sessions = activeSessions(clerk, "userId", user.id).filter(
    ({ clientId }) => clientId !== null,
  );
  return json(sessions.map((session) => sessionWithActivity(session, clerk.now())));
}

/** `POST /v1/me/profile_image`: accounts have no pictures here. */
export function refuseProfileImage(): HttpReply {
  throw new ClerkError(422, "feature_not_enabled", "Profile pictures are not available locally.");
}

/** `DELETE /v1/me`: deletes the account for good and signs it out everywhere. */
export async function deleteMe(exchange: Exchange): Promise<HttpReply> {
  const { user } = signedIn(exchange);
  deleteUser(exchange.clerk, user.id);
  return answer(exchange, { id: user.id, object: "user", deleted: true });
}
