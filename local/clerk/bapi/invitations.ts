import { ClerkError, fieldError, notFound } from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import { createInvitation } from "../invitations.ts";
import { invitation as invitationJson } from "../serializers.ts";
import { parseEmail, parseMetadata } from "../users.ts";
import type { BackendCall } from "./input.ts";
import { backendRoute, countField, page, textField } from "./input.ts";

/** The back-end API's invitations. */
export const invitationRoutes = [
  backendRoute("GET", "/invitations", list),
  backendRoute("POST", "/invitations", create),
  backendRoute("POST", "/invitations/:id/revoke", revoke),
];

/** Not the withdrawn ones unless asked for, newest first; with a total when `paginated=true`. */
function list(call: BackendCall): HttpReply {
  const { clerk, query } = call;
  const status = query.get("status");
  const text = query.get("query")?.toLowerCase() ?? "";
  const all = clerk.store.invitations
    .all()
    .reverse()
    .map((record) => invitationJson(record, clerk.now()))
    .filter((item) => (status ? item["status"] === status : item["status"] !== "revoked"))
    .filter((item) => String(item["email_address"]).includes(text));
  const data = page(call, all);
  return json(query.get("paginated") === "true" ? { data, total_count: all.length } : data);
}

async function create(call: BackendCall): Promise<HttpReply> {
  const { clerk, body } = call;
  const created = await createInvitation(clerk, {
    email: parseEmail(textField(call, "email_address") ?? ""),
    publicMetadata: parseMetadata(body["public_metadata"] ?? {}, "public_metadata"),
    redirectUrl: redirectUrl(call),
    lifetimeDays: countField(call, "expires_in_days"),
    notify: body["notify"] !== false,
    ignoreExisting: body["ignore_existing"] === true,
  });
  return json(invitationJson(created, clerk.now()));
}

function redirectUrl(call: BackendCall): string | undefined {
  const url = textField(call, "redirect_url");
  if (url === undefined || /^https?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw fieldError(
    "form_param_format_invalid",
    "redirect_url",
    "redirect_url must be a web address.",
  );
}

function revoke({ clerk, params }: BackendCall): HttpReply {
  const revoked = clerk.store.transaction(() => {
    const record = clerk.store.invitations.get(params["id"] ?? "");
    if (!record) throw notFound("invitation");
    if (record.status !== "pending") {
      throw new ClerkError(
        400,
        "invitation_not_pending",
        `This invitation is already ${record.status}.`,
      );
    }
    const changed = { ...record, status: "revoked" as const, updatedAt: clerk.now() };
    clerk.store.invitations.put(changed);
    return changed;
  });
  return json(invitationJson(revoked, clerk.now()));
}
