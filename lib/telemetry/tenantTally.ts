import type { LoggedExecution } from "../logStream.ts";
import type { NotedCall } from "./callNote.ts";

/** What a company used, or all together. */
export type UsageTally = {
  calls: number;
  documentsRead: number;
  documentsWritten: number;
  bytesRead: number;
  bytesWritten: number;
  /** ms */
  computeMs: number;
  egressBytes: number;
};

export const NO_USE: UsageTally = {
  ...{ calls: 0, documentsRead: 0, documentsWritten: 0 },
  ...{ bytesRead: 0, bytesWritten: 0, computeMs: 0, egressBytes: 0 },
};

/**
 * Adds a batch up, company by company: what each one's own runs said, and how long they took. A
 * response of an HTTP route goes to the company of whoever asked, by the request.
 */
export function tallyTenants(
  executions: readonly LoggedExecution[],
  notes: readonly NotedCall[],
): Map<string, UsageTally> {
  const tallies = new Map<string, UsageTally>();
  const add = (tenant: string, use: Partial<UsageTally>) =>
    tallies.set(tenant, addUse(tallies.get(tenant) ?? NO_USE, use));
  const tenantOf = new Map(notes.map(({ requestId, tenant }) => [requestId, tenant]));
  for (const { tenant, documentsRead, documentsWritten, bytesRead, bytesWritten } of notes) {
    add(tenant, { calls: 1, documentsRead, documentsWritten, bytesRead, bytesWritten });
  }
  for (const { requestId, kind, milliseconds, egressBytes } of executions) {
    const tenant = tenantOf.get(requestId);
    if (tenant === undefined) continue;
    const computeMs = kind === "query" || kind === "mutation" ? milliseconds : 0;
    add(tenant, { computeMs, egressBytes });
  }
  return tallies;
}

/** The whole platform's use: every run, whoever asked for it. */
export function tallyPlatform(executions: readonly LoggedExecution[]): UsageTally {
  return executions.reduce(
    (sum, { milliseconds, ...run }) =>
      addUse(sum, {
        ...{ calls: 1, computeMs: milliseconds, egressBytes: run.egressBytes },
        ...{ documentsRead: run.documentsRead, documentsWritten: run.documentsWritten },
        ...{ bytesRead: run.bytesRead, bytesWritten: run.bytesWritten },
      }),
    NO_USE,
  );
}

export function addUse(a: UsageTally, b: Partial<UsageTally>): UsageTally {
  const sum = { ...a };
  for (const name of Object.keys(NO_USE) as (keyof UsageTally)[]) sum[name] += b[name] ?? 0;
  return sum;
}
