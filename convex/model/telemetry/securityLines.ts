import { z } from "zod";
import type { LoggedLine } from "../../../lib/logStream";
import { MAX_AGENT_LENGTH } from "../../../lib/security";

const text = z.string().max(300);
const outside = z
  .string()
  .transform((given) => given.slice(0, MAX_AGENT_LENGTH))
  .nullable();
const who = { tenantId: text, memberId: text.nullable(), staffId: text.optional() };

/** Lines of tenancy/securityLog.ts, as they come back with the log. Ids in them are unchecked texts. */
const line = z.discriminatedUnion("type", [
  z.object({
    ...{ type: z.literal("crossTenantAccess"), operation: text, table: text },
    ...{ rowId: text.nullable(), attemptedTenantId: text.optional() },
    ...who,
  }),
  z.object({ type: z.literal("failure"), code: text, ...who }),
  z.object({ type: z.literal("export"), what: text, rows: z.number(), ...who }),
  z.object({
    ...{ type: z.literal("forgedWebhook"), source: text },
    ...{ address: outside, agent: outside },
  }),
]);

export type SecurityLine = z.infer<typeof line>;
export type LineOf<Type extends SecurityLine["type"]> = Extract<SecurityLine, { type: Type }>;

/** When and where something happened, and how often in this batch. */
export type Seen = { at: number; path: string; requestId: string; count: number };
export type SeenLine = Seen & { line: SecurityLine };

/**
 * The security lines of a batch, the same of one function told once with their number, in the
 * order of their first time. An attack of a thousand calls must not cost a thousand rows.
 */
export function securityLinesIn(lines: readonly Omit<LoggedLine, "kind" | "component">[]) {
  const seen = new Map<string, SeenLine>();
  for (const { sunup, data, at, path, requestId } of lines) {
    if (sunup !== "security") continue;
    const parsed = line.safeParse(data).data;
    if (parsed === undefined) continue;
    const key = JSON.stringify([path, parsed]);
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { line: parsed, at, path, requestId, count: 1 });
    else seen.set(key, { ...known, at: Math.max(known.at, at), count: known.count + 1 });
  }
  return [...seen.values()];
}
