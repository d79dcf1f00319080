import type { ConvexHttpClient } from "convex/browser";
import type { FunctionReference } from "convex/server";
import { api } from "../../../convex/_generated/api.js";
import type { Company } from "../../local/penetration/target.ts";
import { DASHBOARD } from "../dashboard.ts";

/**
 * The model behind docs/costs.md: what an average installer's company does on a working day. Six
 * people are at it, 22 days a month; the numbers are of one person's day, and stated so generously
 * that few will do more.
 */
export const PEOPLE = 6;
export const WORKING_DAYS = 22;

/** Rows behind the lists, so that pages are full. */
export const ROWS = 60;

/** Stored after a year of work: bytes of files, and of rows with their indexes. */
export const STORED_FILES = 2 * 1024 ** 3;
export const STORED_ROWS = 40 * 1024 ** 2;

/** Bytes of photos and papers that one person opens in a day. */
export const OPENED_FILES = 8 * 1024 ** 2;

export type Step = {
  path: string;
  /** In one person's day. */
  times: number;
  call: (client: ConvexHttpClient, company: Company, time: number) => Promise<unknown>;
};

const page = (numItems: number) => ({ paginationOpts: { numItems, cursor: null } });

type Watched = [query: FunctionReference<"query">, args: object];

/**
 * What others of the company have open while one works, live: one the dashboard, one the board, and
 * one the very project that is worked on. What a change runs again there is measured.
 */
export const WINDOWS: ((company: Company) => Watched[])[] = [
  () => [...DASHBOARD],
  ({ stageIds }) => [
    ...FRAME,
    [api.pipelineStages.list, {}],
    [api.pipelineStages.totals, {}],
    ...stageIds.map((stageId): Watched => [api.projects.list, { ...page(20), stageId }]),
  ],
  ({ projectId }) => [
    ...FRAME,
    [api.projects.get, { projectId }],
    [api.activity.ofProject, { ...page(15), projectId }],
    [api.notes.list, { ...page(10), projectId }],
    [api.permits.ofProject, { projectId }],
  ],
];

/** What every page asks for. */
const FRAME: Watched[] = [
  [api.members.me, {}],
  [api.notifications.unread, {}],
];

export const DAY: Step[] = [
  step("members:me", 60, (client) => client.query(api.members.me, {})),
  step("notifications:unread", 60, (client) => client.query(api.notifications.unread, {})),
  step("projects:list", 30, (client) => client.query(api.projects.list, page(50))),
  step("pipelineStages:list", 30, (client) => client.query(api.pipelineStages.list, {})),
  step("activity:recent", 15, (client) => client.query(api.activity.recent, page(15))),
  step("projects:get", 40, (client, { projectId }) =>
    client.query(api.projects.get, { projectId }),
  ),
  step("activity:ofProject", 40, (client, { projectId }) =>
    client.query(api.activity.ofProject, { ...page(20), projectId }),
  ),
  step("notes:list", 20, (client, { projectId }) =>
    client.query(api.notes.list, { ...page(20), projectId }),
  ),
  step("permits:ofProject", 15, (client, { projectId }) =>
    client.query(api.permits.ofProject, { projectId }),
  ),
  step("tasks:list", 15, (client) =>
    client.query(api.tasks.list, { ...page(25), whose: "mine", state: "open" }),
  ),
  step("leads:list", 20, (client) => client.query(api.leads.list, page(25))),
  // While somebody types: a query for every pause.
  step("search:find", 30, (client) => client.query(api.search.find, { words: "roof customer" })),
  // Every five minutes while a page is in view, for seven hours.
  step("presence:beat", 84, (client) => client.mutation(api.presence.beat, {})),
  step("tasks:add", 10, (client, { projectId }, time) =>
    client.mutation(api.tasks.add, { projectId, title: `Order modules ${time}` }),
  ),
  step("notes:add", 10, (client, { projectId }, time) =>
    client.mutation(api.notes.add, { projectId, parts: [{ text: `Called the customer ${time}` }] }),
  ),
  step("leads:create", 5, (client, { campaignId }, time) =>
    client.mutation(api.leads.create, { name: `Lou ${time}`, campaignId }),
  ),
  step("projects:create", 2, (client, _company, time) =>
    client.mutation(api.projects.create, { name: `Roof ${time}`, customerName: `Ana ${time}` }),
  ),
  ...Array.from({ length: 4 }, () => [
    step("projects:archive", 1, (client, { projectId }) =>
      client.mutation(api.projects.archive, { projectId }),
    ),
    step("projects:restore", 1, (client, { projectId }) =>
      client.mutation(api.projects.restore, { projectId }),
    ),
  ]).flat(),
];

function step(path: string, times: number, call: Step["call"]): Step {
  return { path, times, call };
}
