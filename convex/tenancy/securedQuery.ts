/* eslint-disable @convex-dev/no-filter-in-query, @convex-dev/no-collect-in-query --
   This hands on what its callers ask for; the rules look at the callers. */
import type {
  DocumentByInfo,
  ExpressionOrValue,
  FilterBuilder,
  GenericTableInfo,
  IndexNames,
  IndexRange,
  IndexRangeBuilder,
  NamedIndex,
  NamedSearchIndex,
  OrderedQuery,
  PaginationOptions,
  PaginationResult,
  Query,
  QueryInitializer,
  SearchFilter,
  SearchFilterBuilder,
  SearchIndexNames,
} from "convex/server";
import { MAX_PAGE } from "../../lib/budgets";

/** What a query asks about each row, and whom it tells about a row that it leaves out. */
export type RowFilter<Row> = { owns(row: Row): boolean; onDenied(row: Row): void };

/** A query that may still be chained in any way; what it cannot do any more, Convex refuses itself. */
type Chainable<Info extends GenericTableInfo> = QueryInitializer<Info>;

/**
 * A query of Convex's in which no rows exist but the caller's own, whatever is chained to
 * it and however it is read. The check is synchronous, on what the database answers:
 * limits reach the database as they are, and no row costs another wait.
 */
export class SecuredQuery<Info extends GenericTableInfo> implements QueryInitializer<Info> {
  readonly #query: Chainable<Info>;
  /** The same query once more: Convex lets each be read once. */
  readonly #again: () => Chainable<Info>;
  readonly #filter: RowFilter<DocumentByInfo<Info>>;

  constructor(
    query: OrderedQuery<Info>,
    again: () => OrderedQuery<Info>,
    filter: RowFilter<DocumentByInfo<Info>>,
  ) {
    this.#query = query as Chainable<Info>;
    this.#again = again as () => Chainable<Info>;
    this.#filter = filter;
  }

  fullTableScan(): Query<Info> {
    return this.#chain((query) => query.fullTableScan());
  }

  withIndex<Index extends IndexNames<Info>>(
    index: Index,
    range?: (q: IndexRangeBuilder<DocumentByInfo<Info>, NamedIndex<Info, Index>>) => IndexRange,
  ): Query<Info> {
    return this.#chain((query) => query.withIndex(index, range));
  }

  withSearchIndex<Index extends SearchIndexNames<Info>>(
    index: Index,
    search: (
      q: SearchFilterBuilder<DocumentByInfo<Info>, NamedSearchIndex<Info, Index>>,
    ) => SearchFilter,
  ): OrderedQuery<Info> {
    return this.#chain((query) => query.withSearchIndex(index, search));
  }

  order(order: "asc" | "desc"): OrderedQuery<Info> {
    return this.#chain((query) => query.order(order));
  }

  filter(predicate: (q: FilterBuilder<Info>) => ExpressionOrValue<boolean>): this {
    return this.#chain((query) => query.filter(predicate)) as this;
  }

  async collect(): Promise<DocumentByInfo<Info>[]> {
    return this.#own(await this.#query.collect());
  }

  /**
   * A page has fewer rows than asked for when some were left out, and never more than MAX_PAGE: how
   * many it is asked for is a client's word. Its cursors are the database's.
   */
  async paginate(options: PaginationOptions): Promise<PaginationResult<DocumentByInfo<Info>>> {
    const numItems = Math.min(options.numItems, MAX_PAGE);
    const result = await this.#query.paginate({ ...options, numItems });
    return { ...result, page: this.#own(result.page) };
  }

  async take(count: number): Promise<DocumentByInfo<Info>[]> {
    const rows = await this.#query.take(count);
    if (rows.every(this.#filter.owns)) return rows;
    // A row is to be left out, so others follow. Forget these and read one by one from the start.
    const own: DocumentByInfo<Info>[] = [];
    for await (const row of new SecuredQuery(this.#again(), this.#again, this.#filter)) {
      if (own.push(row) === count) break;
    }
    return own;
  }

  async first(): Promise<DocumentByInfo<Info> | null> {
    const [row] = await this.take(1);
    return row ?? null;
  }

  async unique(): Promise<DocumentByInfo<Info> | null> {
    const [row, another] = await this.take(2);
    if (another) throw new Error("unique() query returned more than one result.");
    return row ?? null;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DocumentByInfo<Info>, void, undefined> {
    for await (const row of this.#query) if (this.#passes(row)) yield row;
  }

  #chain(step: (query: Chainable<Info>) => OrderedQuery<Info>): SecuredQuery<Info> {
    return new SecuredQuery(step(this.#query), () => step(this.#again()), this.#filter);
  }

  #own(rows: DocumentByInfo<Info>[]): DocumentByInfo<Info>[] {
    return rows.filter((row) => this.#passes(row));
  }

  #passes(row: DocumentByInfo<Info>): boolean {
    const own = this.#filter.owns(row);
    if (!own) this.#filter.onDenied(row);
    return own;
  }
}
