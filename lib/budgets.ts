/** The most that one call of a function should read of the database, at any size of a company. */
export type Budget = { documents: number; indexRanges: number };

/** The longest page of a list that a client gets, however long a page it asks for. */
export const MAX_PAGE = 200;

/** Who calls, their company, and what else a list may look at beside its page. */
export const BESIDE_THE_PAGE = 5;

/** Index ranges of a list, whatever its filters. */
export const LIST_RANGES = 5;

const BY_KIND: Record<"query" | "mutation", Budget> = {
  query: { documents: 40, indexRanges: 15 },
  mutation: { documents: 80, indexRanges: 25 },
};

/**
 * Functions that read more than others of their kind, each with the reason why that is bounded.
 * tests/perf/budgets calls every public function and holds it to what stands here.
 */
export const OWN_BUDGETS: Record<string, Budget & { why: string }> = {
  ...alike(["authorities:update", "projects:archive", "projects:restore", "projects:update"], {
    ...{ documents: 440, indexRanges: 120 },
    why: "The first 100 rows that carry a copy of it follow at once, the rest in jobs.",
  }),
  "pipelineStages:update": {
    ...{ documents: 440, indexRanges: 120 },
    why: "The first 100 projects of the stage follow at once, the rest in jobs.",
  },
  "contacts:merge": {
    ...{ documents: 440, indexRanges: 120 },
    why: "The first 100 rows that name the contact follow at once, the rest in jobs.",
  },
  "staff/entries:enter": {
    ...{ documents: 260, indexRanges: 65 },
    why: "Tells every administrator of the company, at most 50.",
  },
  "notifications:markAllRead": {
    ...{ documents: 410, indexRanges: 110 },
    why: "The newest 100 at once, the rest in jobs.",
  },
  "surveys:complete": {
    ...{ documents: 80, indexRanges: 10 },
    why: "Looks through the photos of the survey, at most 60.",
  },
  ...alike(["campaigns:create", "campaigns:list", "campaigns:rename", "campaigns:settings"], {
    ...{ documents: 110, indexRanges: 10 },
    why: "Every campaign is looked at; a company has at most 100.",
  }),
  ...alike(["company:startLogoUpload", "documents:startUpload", "surveys:startPhoto"], {
    ...{ documents: 110, indexRanges: 6 },
    why: "Counts the uploads that the member has under way, at most 100.",
  }),
  ...alike(["leads:workers", "members:names"], {
    ...{ documents: 510, indexRanges: 5 },
    why: "The names of all people of the company, at most 500.",
  }),
  "members:search": {
    ...{ documents: 1_010, indexRanges: 5 },
    why: "Looks for a part of a word in the names of the company's people, at most 1,000.",
  },
  "savedViews:list": {
    ...{ documents: 100, indexRanges: 5 },
    why: "All views: at most 30 of one's own and 60 shared ones.",
  },
  "surveys:between": {
    ...{ documents: 610, indexRanges: 310 },
    why: "A stretch of the calendar: at most 300 visits, and each of their projects once, whose names and addresses change.",
  },
  "invitations:list": {
    ...{ documents: 810, indexRanges: 410 },
    why: "All that nobody has accepted, at most 200 pending and 200 expired, and the mail of each, which tells whether it arrived.",
  },
  ...alike(["staff/tenantSteps:close", "tenantLifecycle:requestClosing"], {
    ...{ documents: 110, indexRanges: 60 },
    why: "A mail to every administrator, at most 50.",
  }),
};

/** What a call of the function may read. */
export function budgetOf(path: string, kind: "query" | "mutation"): Budget {
  return OWN_BUDGETS[path] ?? BY_KIND[kind];
}

function alike<Value>(paths: readonly string[], value: Value): Record<string, Value> {
  return Object.fromEntries(paths.map((path) => [path, value]));
}
