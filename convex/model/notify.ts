import type { EmailChoice, NotificationKind } from "../../lib/notifications";
import type { Doc, Id } from "../_generated/dataModel";
import { queueEmail } from "../emails/queue";
import type { EmailMessage } from "../tables/emails";
import type { NotificationSubject } from "../tables/notifications";
import type { TenantWriteCtx } from "../tenancy/functions";
import { isActive } from "./activeMembers";
import { actorName, type AuditActor, memberIdOf } from "./audit";
import { wantsEmail } from "./notifications";

/** Longest excerpt of a note or a title, in characters. */
const MAX_EXCERPT = 140;

/** What telling somebody takes. */
export type NotifyCtx = Pick<TenantWriteCtx, "db" | "schedule"> & { tenant: Doc<"tenants"> };

/** What members are told. */
export type News = {
  kind: NotificationKind;
  /** Names what happened, such as a task's id: of one kind and key, a member gets one mail at most. */
  key: string;
  /** The name of the project, lead or company; for a survey, of its project. */
  about: string;
  /** A task's title, a survey's time, a reason, or what a note says. */
  excerpt?: string;
  /** The row itself: its page is where the notification leads to. */
  subject: NotificationSubject;
  /** A task's day, "2026-11-23", for its mail. */
  dueDay?: string;
};

/**
 * Tells members something, under their bell and, for what can be mailed and unless they
 * turned it off, by mail. In the transaction of what it tells about. Whoever caused it
 * (`by`) and whoever has no access are left out; who is named twice
 * is told once. Throws NOT_FOUND for somebody who is not of the company.
 */
export async function notify(
  ctx: NotifyCtx,
  by: AuditActor,
  memberIds: readonly Id<"members">[],
  { key, dueDay, ...news }: News,
): Promise<void> {
  const { db } = ctx;
  const excerpt = news.excerpt && shortened(news.excerpt);
  for (const memberId of new Set(memberIds)) {
    const member = await db.getX("members", memberId);
    if (memberId === memberIdOf(by) || !isActive(member)) continue;
    const told = { ...news, by: actorName(by), ...(excerpt ? { excerpt } : {}) };
    await db.insert("notifications", { memberId, ...told });
    const mail = mailOf(ctx.tenant, { ...told, dueDay });
    if (mail === null || !(await wantsEmail(db, memberId, mail.kind))) continue;
    const idempotencyKey = `${news.kind}/${key}/${memberId}`;
    await queueEmail(ctx, { to: member.email, idempotencyKey, message: mail });
  }
}

type Told = Omit<News, "key"> & { by: string };

/** The mail that tells it, or null for what is told under the bell only. */
function mailOf(
  { name: companyName }: Doc<"tenants">,
  told: Told,
): Extract<EmailMessage, { kind: EmailChoice }> | null {
  const { kind, by: personName, about: projectName, excerpt = "", subject, dueDay } = told;
  const names = { companyName, personName, projectName };
  if (kind === "surveyAssigned" && "surveyId" in subject) {
    return { kind, data: { ...names, when: excerpt, ...subject } };
  }
  if (!("projectId" in subject)) return null;
  const data = { ...names, ...subject };
  switch (kind) {
    case "taskAssigned":
      return { kind, data: { ...data, taskTitle: excerpt, ...(dueDay ? { dueDay } : {}) } };
    case "mention":
      return { kind, data: { ...data, excerpt } };
    default:
      return null;
  }
}

/** On one line, cut between characters, never within one. */
function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  if (characters.length <= MAX_EXCERPT) return characters.join("");
  return `${characters.slice(0, MAX_EXCERPT - 1).join("")}…`;
}
