import type { FunctionExecutionEvent } from "../../local/convex/logs/events.ts";
import type { LogEvent } from "../../local/convex/server.ts";
import { isOwnRun, LOG_STREAM_PATH } from "../../lib/logStream.ts";
import { BASE_PRICES, CONVEX_PRICES, GIB, usageCost } from "../../lib/prices.ts";
import { api } from "../../convex/_generated/api.js";
import { type Company, startTarget } from "../local/penetration/target.ts";
import {
  DAY,
  ONLOOKERS,
  OPENED_FILES,
  PEOPLE,
  REFRESHED,
  ROWS,
  STORED_FILES,
  STORED_ROWS,
  WORKING_DAYS,
} from "./cost/installersDay.ts";
import { report } from "./figures.ts";

type Used = { calls: number; bytesRead: number; bytesWritten: number };

/** cost.*: one person's day on the engine, each run as Convex would bill it; see docs/costs.md. */
export async function measureCost(): Promise<void> {
  const runs: FunctionExecutionEvent[] = [];
  const target = await startTarget({
    onLog: (event: LogEvent) => {
      if (event.topic === "function_execution" && event.status === "success") runs.push(event);
    },
    logStream: { url: LOG_STREAM_PATH, secret: "the secret of the bench", intervalMs: 1000 },
  });
  let closed = false;
  try {
    const company = await target.newCompany("Cost");
    await fill(company);
    runs.length = 0;
    for (const { times, call } of DAY) {
      const client = await company.client();
      for (let time = 0; time < times; time += 1) await call(client, company, time);
    }
    // What is left of the log is posted, and recorded, before it ends.
    await target.close();
    closed = true;
    reportCosts(runs);
  } finally {
    if (!closed) await target.close();
  }
}

function reportCosts(runs: readonly FunctionExecutionEvent[]): void {
  const pathsOfDay = new Set(DAY.map(({ path }) => path));
  const own = usedBy(runs.filter(({ function: { path } }) => pathsOfDay.has(path)));
  const telemetry = usedBy(runs.filter(({ function: { path } }) => isOwnRun(path)));
  const background = usedBy(
    runs.filter(({ function: { path } }) => !isOwnRun(path) && !pathsOfDay.has(path)),
  );
  const changes = runs.filter(
    ({ function: { type, path } }) => type === "mutation" && pathsOfDay.has(path),
  ).length;
  const beats = DAY.find(({ path }) => path === "presence:beat")?.times ?? 0;
  const refreshed = times(
    (changes - beats) * ONLOOKERS,
    REFRESHED.map((path) => average(runs, path)).reduce(plus),
  );
  const day = [own, telemetry, background, refreshed].reduce(plus);
  const perMonth = PEOPLE * WORKING_DAYS;
  const month = times(perMonth, day);
  const egressBytes = OPENED_FILES * perMonth;
  const stored =
    (STORED_FILES / GIB) * CONVEX_PRICES.fileStorage.usd +
    (STORED_ROWS / GIB) * CONVEX_PRICES.databaseStorage.usd;
  const use = usageCost({ ...month, egressBytes });
  const perTenant = use + stored;
  report("cost.calls_per_tenant_month", month.calls, "calls");
  report("cost.database_gib_per_tenant_month", (month.bytesRead + month.bytesWritten) / GIB, "GiB");
  reportUsd("cost.calls_usd", (month.calls / 1e6) * CONVEX_PRICES.calls.usd);
  reportUsd("cost.database_usd", usageCost({ ...month, calls: 0, egressBytes: 0 }));
  reportUsd("cost.egress_usd", (egressBytes / GIB) * CONVEX_PRICES.egress.usd);
  reportUsd("cost.stored_usd", stored);
  reportUsd("cost.telemetry_usd", usageCost({ ...times(perMonth, telemetry), egressBytes: 0 }));
  const base = Object.values(BASE_PRICES).reduce((sum, { usd }) => sum + usd, 0);
  for (const tenants of [10, 100, 1000]) {
    reportUsd(`cost.usd_per_tenant_month_${tenants}`, perTenant);
    reportUsd(`cost.usd_per_tenant_month_with_base_${tenants}`, perTenant + base / tenants);
  }
}

/** As Convex bills: what a document holds, but no document below 1 KiB. */
function usedBy(runs: readonly FunctionExecutionEvent[]): Used {
  return runs
    .map(({ usage }) => ({
      calls: 1,
      bytesRead: Math.max(usage.database_io_read_bytes, 1024 * usage.database_read_documents),
      bytesWritten: Math.max(usage.database_io_write_bytes, 1024 * usage.database_write_documents),
    }))
    .reduce(plus, { calls: 0, bytesRead: 0, bytesWritten: 0 });
}

function average(runs: readonly FunctionExecutionEvent[], path: string): Used {
  const own = runs.filter((run) => run.function.path === path);
  if (own.length === 0) throw new Error(`The day has no run of ${path}.`);
  return times(1 / own.length, usedBy(own));
}

function plus(a: Used, b: Used): Used {
  return {
    calls: a.calls + b.calls,
    bytesRead: a.bytesRead + b.bytesRead,
    bytesWritten: a.bytesWritten + b.bytesWritten,
  };
}

function times(factor: number, { calls, bytesRead, bytesWritten }: Used): Used {
  return {
    calls: factor * calls,
    bytesRead: factor * bytesRead,
    bytesWritten: factor * bytesWritten,
  };
}

/** Little money needs more digits than other figures. */
function reportUsd(name: string, usd: number): void {
  console.log(JSON.stringify({ name, value: Math.round(usd * 10_000) / 10_000, unit: "USD" }));
}

async function fill(company: Company): Promise<void> {
  const client = await company.client();
  for (let n = 0; n < ROWS; n += 1) {
    await client.mutation(api.projects.create, { name: `Job ${n}`, customerName: `Person ${n}` });
    await client.mutation(api.leads.create, {
      name: `Lead ${n}`,
      campaignId: company.campaignId,
    });
    await client.mutation(api.tasks.add, { projectId: company.projectId, title: `Step ${n}` });
  }
}
