import { setTimeout as sleep } from "node:timers/promises";
import { ConvexClient } from "convex/browser";
import { WebSocket } from "ws";
import type { FunctionExecutionEvent } from "../../local/convex/logs/events.ts";
import type { LogEvent } from "../../local/convex/server.ts";
import { isOwnRun, LOG_STREAM_PATH } from "../../lib/logStream.ts";
import { BASE_PRICES, CONVEX_PRICES, GIB, usageCost } from "../../lib/prices.ts";
import { api } from "../../convex/_generated/api.js";
import { type Company, startTarget } from "../local/penetration/target.ts";
import {
  DAY,
  OPENED_FILES,
  PEOPLE,
  ROWS,
  STORED_FILES,
  STORED_ROWS,
  WINDOWS,
  WORKING_DAYS,
} from "./cost/installersDay.ts";
import { report } from "./figures.ts";

/** As long as the measurement may take. */
const TOKEN_SECONDS = 600;
const QUIET_MS = 20;

type Used = { calls: number; bytesRead: number; bytesWritten: number };

/** cost.*: one person's day on the engine, each run as Convex would bill it; see docs/costs.md. */
export async function measureCost(): Promise<void> {
  const runs: FunctionExecutionEvent[] = [];
  const target = await startTarget({
    onLog: (event: LogEvent) => {
      if (event.topic === "function_execution" && event.status === "success") runs.push(event);
    },
    logStream: { url: LOG_STREAM_PATH, secret: "the secret of the bench", intervalMs: 5000 },
  });
  let closed = false;
  try {
    const company = await target.newCompany("Cost");
    await fill(company);
    const windows = await openWindows(target.convex.url, company);
    runs.length = 0;
    for (const { times, call } of DAY) {
      const client = await company.client();
      for (let time = 0; time < times; time += 1) {
        await call(client, company, time);
        // So that the next change's refreshes are not made in one with these.
        await quiet(runs);
      }
    }
    for (const window of windows) await window.close();
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
  const asked = runs.filter(({ run_reason }) => run_reason !== "dataChange");
  const own = usedBy(asked.filter(({ function: { path } }) => pathsOfDay.has(path)));
  const telemetry = usedBy(runs.filter(({ function: { path } }) => isOwnRun(path)));
  const background = usedBy(
    asked.filter(({ function: { path } }) => !isOwnRun(path) && !pathsOfDay.has(path)),
  );
  const refreshed = usedBy(runs.filter(({ run_reason }) => run_reason === "dataChange"));
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
  const ofRefreshes = usageCost({ ...times(perMonth, refreshed), egressBytes: 0 });
  reportUsd("cost.refreshes_usd", ofRefreshes);
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

/** Opens what colleagues look at meanwhile, and waits until it is there. */
async function openWindows(url: string, company: Company): Promise<ConvexClient[]> {
  const token = await company.token(TOKEN_SECONDS);
  return await Promise.all(
    WINDOWS.map(async (watched) => {
      const client = new ConvexClient(url, {
        webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
        unsavedChangesWarning: false,
        logger: false,
      });
      client.setAuth(() => Promise.resolve(token));
      const shown = watched(company).map(
        ([query, args]) =>
          new Promise<void>((resolve) => void client.onUpdate(query, args, () => resolve())),
      );
      await Promise.all(shown);
      return client;
    }),
  );
}

/** Until nothing has run for a moment. */
async function quiet(runs: readonly unknown[]): Promise<void> {
  for (let before = -1; before !== runs.length; await sleep(QUIET_MS)) before = runs.length;
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
