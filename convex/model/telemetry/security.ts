import { ALERT_RULES, type SecurityKind } from "../../../lib/security";
import type { Doc } from "../../_generated/dataModel";
import type { SystemCtx } from "../../tenancy/functions";
import { mailAdministrators } from "../administratorMail";
import { actorOf, recordAudit, SYSTEM } from "../audit";
import { staffActor } from "../staffAudit";
import { type AlertSubject, raiseAlert } from "./alerts";
import { noteFailedCalls } from "./failingCalls";
import { noteFailures } from "./failures";
import { raiseAndLock } from "./lockPolicy";
import { companiesOf, type Company, namesOf } from "./people";
import type { LineOf, Seen, SeenLine } from "./securityLines";

/** Events of one batch that count towards one alert. */
type Tally = { subject: AlertSubject; company: Company | null; seen: number; at: number };

/**
 * Writes what a batch of the log says of security: rows of the platform's security log, a line in
 * the trail of the company for which it was tried, and alerts.
 */
export async function takeSecurity(ctx: SystemCtx, lines: readonly SeenLine[]): Promise<void> {
  const companyOf = companiesOf(ctx);
  const tallies = new Map<string, Tally>();
  const trail = new Map<string, { company: Company; subject: string; count: number }>();
  const failures: { client: string; company: Company; seen: Seen }[] = [];

  const count = (subject: AlertSubject, company: Company | null, seen: Seen) => {
    const key = `${subject.kind}/${subject.subject}`;
    const before = tallies.get(key);
    const at = Math.max(before?.at ?? 0, seen.at);
    tallies.set(key, { subject, company, seen: (before?.seen ?? 0) + seen.count, at });
  };
  const refused = (company: Company, subject: string, times: number) => {
    const key = `${company.tenant._id}/${company.member?._id}/${subject}`;
    const before = trail.get(key)?.count ?? 0;
    trail.set(key, { company, subject, count: before + times });
  };

  for (const { line, ...seen } of lines) {
    if (line.type === "forgedWebhook") {
      await writeForgery(ctx, line, seen);
      count(forgeryOf(line.source), null, seen);
      continue;
    }
    const company = await companyOf(line);
    if (company === null) continue;
    if (line.type === "crossTenantAccess") {
      await write(ctx, "crossTenantAccess", company, seen, await reachedFor(ctx, line));
      refused(company, line.table, seen.count);
      count(personOf("crossTenantAccess", company), company, seen);
    } else if (line.type === "export") {
      const resource = `${line.rows} ${line.what}`;
      await write(ctx, "export", company, seen, { resource });
      count(personOf("export", company), company, seen);
    } else {
      if (line.code === "FORBIDDEN") {
        await write(ctx, "permissionDenied", company, seen, { resource: seen.path });
        refused(company, seen.path, seen.count);
      }
      const client = company.member?.clerkUserId;
      if (client !== undefined) failures.push({ client, company, seen });
    }
  }
  for (const { company, subject, count: times } of trail.values()) {
    await tellCompany(company, subject, times);
  }
  for (const tally of tallies.values()) await alertAbout(ctx, tally);
  const failing = failures.map(({ client, company, seen }) => ({
    ...{ client, ...seen, subject: personOf("failingFunctions", company) },
  }));
  await noteFailures(ctx, failing);
  const calls = failures.map(({ client, company, seen }) => ({
    ...{ client, ...seen, subject: personOf("failingCalls", company) },
  }));
  await noteFailedCalls(ctx, calls);
}

/**
 * Notes that one of Sunup's staff entered a company, which alerts the others. For whoever lets
 * them in, in the same transaction.
 */
export async function noteStaffEntry(
  ctx: Pick<SystemCtx, "platform" | "schedule">,
  staff: Pick<Doc<"staff">, "clerkUserId" | "name">,
  tenant: Pick<Doc<"tenants">, "_id" | "name">,
  at: number,
): Promise<void> {
  const path = "staff/entries:enter";
  const who = { userId: staff.clerkUserId, userName: staff.name };
  const where = { tenant: tenant._id, tenantName: tenant.name };
  await ctx.platform.insert("securityAuditLog", {
    ...{ kind: "staffEntry" as const, at, count: 1, resource: tenant.name, path, requestId: "" },
    ...{ ...who, ...where },
  });
  const subject = `${staff.clerkUserId}/${tenant._id}`;
  const about = { kind: "staffEntry" as const, subject, subjectName: staff.name };
  const known = { ...about, ...where, userId: staff.clerkUserId };
  await raiseAlert(ctx, known, { seen: 1, at }, () => Promise.resolve(1));
}

async function write(
  { platform }: SystemCtx,
  kind: SecurityKind,
  company: Company,
  seen: Seen,
  what: Pick<Doc<"securityAuditLog">, "resource" | "operation" | "attemptedTenant">,
): Promise<void> {
  await platform.insert("securityAuditLog", { kind, ...seen, ...namesOf(company), ...what });
}

async function writeForgery(
  { platform }: SystemCtx,
  { source, address, agent }: LineOf<"forgedWebhook">,
  seen: Seen,
): Promise<void> {
  const from = { address: address ?? undefined, agent: agent ?? undefined };
  const row = { kind: "forgedWebhook" as const, resource: source, ...seen, ...from };
  await platform.insert("securityAuditLog", row);
}

async function reachedFor({ platform }: SystemCtx, line: LineOf<"crossTenantAccess">) {
  const { operation, table, rowId, attemptedTenantId = "" } = line;
  const named = platform.normalizeId("tenants", attemptedTenantId);
  // A company that was erased meanwhile is not written down again.
  const attempted = named && (await platform.get("tenants", named));
  const attemptedTenant = attempted?._id;
  return { operation, resource: rowId === null ? table : `${table} ${rowId}`, attemptedTenant };
}

/** Whoever called; for work in the background the company itself. */
function personOf(kind: AlertSubject["kind"], company: Company): AlertSubject {
  const { tenant, tenantName, userId, userName } = namesOf(company);
  const subject = userId ?? tenant;
  const member = company.member?._id;
  return { kind, subject, subjectName: userName ?? tenantName, tenant, tenantName, userId, member };
}

function forgeryOf(source: string): AlertSubject {
  return { kind: "forgedWebhook", subject: source, subjectName: `Webhooks of ${source}` };
}

/** The company's own trail: what its people were refused, and nothing of whose data it was. */
async function tellCompany({ own, member, staff }: Company, subject: string, times: number) {
  const actor = member ? actorOf(member) : staff ? staffActor(staff) : SYSTEM;
  const changes = times === 1 ? [] : [{ field: "attempts", before: "", after: String(times) }];
  await recordAudit(own, { action: "access.refused", actor, subject, changes });
}

async function alertAbout(ctx: SystemCtx, { subject, company, seen, at }: Tally): Promise<void> {
  const enough = () => enoughSince(ctx, subject, at);
  const alertId = await raiseAndLock(ctx, subject, { seen, at }, enough);
  if (alertId === null || subject.kind !== "crossTenantAccess" || company === null) return;
  // The company's administrators know the person, and can end the access themselves.
  const data = { companyName: company.tenant.name, personName: subject.subjectName };
  const message = { kind: "securityAlert" as const, data: { ...data, refusals: seen, at } };
  await mailAdministrators(company.own, `securityAlert/${alertId}`, message);
}

/** How many events of the subject there were within the rule's time, when they are enough for an alert. */
async function enoughSince(
  { platform }: SystemCtx,
  { kind, subject, tenant, userId }: AlertSubject,
  at: number,
): Promise<number | null> {
  const rule = ALERT_RULES[kind];
  const since = at - rule.withinMs;
  const log = platform.query("securityAuditLog");
  const of = kind as SecurityKind;
  const range =
    userId !== undefined
      ? log.withIndex("by_userId_kind_at", (q) =>
          q.eq("userId", userId).eq("kind", of).gt("at", since),
        )
      : tenant !== undefined
        ? log.withIndex("by_tenant_kind_at", (q) =>
            q.eq("tenant", tenant).eq("kind", of).gt("at", since),
          )
        : log.withIndex("by_kind_resource_at", (q) =>
            q.eq("kind", of).eq("resource", subject).gt("at", since),
          );
  const rows = await range.order("desc").take(rule.from);
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return count >= rule.from ? count : null;
}
