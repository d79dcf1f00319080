import { type Budget, budgetOf } from "../budgets.ts";

/**
 * Budgets at run time. A run that reads more than lib/budgets.ts allows is logged and counted, and
 * stands on the staff's page. It still answers: a budget is there to be looked at, not to turn
 * people away.
 */

/** Our own work by night reads more, each with the reason. */
const BACKGROUND: Record<string, Budget & { why: string }> = {
  "usageCheck:check": {
    ...{ documents: 32_000, indexRanges: 20 },
    why: "It recounts a company's rows, one company a run.",
  },
};

/** What a run may read that answers with `rows` rows; null for what has no transaction. */
export function runBudget(path: string, kind: string, rows: number): Budget | null {
  if (kind !== "query" && kind !== "mutation") return null;
  const { documents, indexRanges } = BACKGROUND[path] ?? budgetOf(path, kind);
  // A page may be long; what is read for it must not be a multiple.
  return { documents: documents + rows, indexRanges };
}

export function isOverrun(used: Budget, budget: Budget | null): boolean {
  if (budget === null) return false;
  return used.documents > budget.documents || used.indexRanges > budget.indexRanges;
}
