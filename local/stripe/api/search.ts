/**
 * Stripe's search, as far as equality goes: `email:'ada@example.com' AND metadata['tenant']:'t1'`, with
 * AND or OR between. At Stripe a change is found after up to a minute, here at once.
 */
import { invalid } from "../errors.ts";
import type { Call } from "./call.ts";
import { hash, integer, read, text } from "./readers.ts";

const INPUT = hash({ query: text }, { limit: integer(1, 100), page: text });
const CLAUSE = /^(-?)([a-z_.]+)(?:\[(["'])(.+?)\3\])?([:~])(["'])(.*?)\6$/;
/** What Stripe indexes. */
const FIELDS: Record<string, string[]> = {
  customer: ["email", "name", "phone"],
  product: ["active", "description", "name", "url"],
  price: ["active", "currency", "lookup_key", "product", "type"],
  subscription: ["status", "canceled_at"],
  invoice: ["currency", "customer", "number", "receipt_number", "status", "total"],
};

type Searched = { id: string; metadata?: Record<string, string> | null };

export function search<T extends Searched>(
  { params }: Call,
  kind: keyof typeof FIELDS,
  oldestFirst: T[],
): object {
  const { query, limit = 10, page = "0" } = read(params, INPUT);
  const words = query.trim().split(/\s+(AND|OR)\s+/);
  const operators = words.filter((_, i) => i % 2 === 1);
  if (new Set(operators).size > 1)
    throw invalid("A query cannot combine AND and OR.", { param: "query" });
  const clauses = words.filter((_, i) => i % 2 === 0).map((clause) => parse(kind, clause));
  const fits = (object: T): boolean =>
    operators[0] === "OR"
      ? clauses.some((clause) => clause(object))
      : clauses.every((clause) => clause(object));
  const found = oldestFirst.filter(fits).reverse();
  const start = Number(page) || 0;
  const next = start + limit < found.length ? String(start + limit) : null;
  return {
    object: "search_result",
    data: found.slice(start, start + limit),
    has_more: next !== null,
    next_page: next,
    url: `/v1/${kind}s/search`,
  };
}

function parse(kind: string, clause: string): (object: Searched) => boolean {
  const [, not, field = "", , key, operator, , value = ""] = CLAUSE.exec(clause) ?? [];
  const isKnown = field === "metadata" ? key !== undefined : FIELDS[kind]?.includes(field);
  if (!isKnown) {
    throw invalid(`We were unable to parse your search query at: ${clause}`, { param: "query" });
  }
  return (object) => {
    const raw =
      field === "metadata"
        ? object.metadata?.[key ?? ""]
        : (object as Record<string, unknown>)[field];
    const is = raw === undefined || raw === null ? null : String(raw).toLowerCase();
    const wanted = value.toLowerCase();
    const matches = is !== null && (operator === "~" ? is.includes(wanted) : is === wanted);
    return matches !== (not === "-");
  };
}
