/**
 * Environment variables of the deployment, for process.env in functions: those stored with
 * `npx convex env set`, and over them those that the engine was started with.
 */
import type { Store } from "./store/types.ts";
import { ENVIRONMENT, findRow, rows } from "./systemTables.ts";

type Variable = { name: string; value: string };
export type Change = { name: string; value?: string | null };

export class Environment {
  readonly #store: Store;
  readonly #fixed: Record<string, string>;
  readonly #system: Record<string, string>;

  /** @param system what Convex itself provides: CONVEX_CLOUD_URL, CONVEX_SITE_URL. */
  constructor(store: Store, fixed: Record<string, string>, system: Record<string, string>) {
    this.#store = store;
    this.#fixed = fixed;
    this.#system = system;
  }

  /** All of them, as functions see them. */
  all(): Record<string, string> {
    return {
      ...Object.fromEntries(this.list().map(({ name, value }) => [name, value])),
      ...this.#system,
    };
  }

  /** Those that are not Convex's own, by name. */
  list(): Variable[] {
    const tx = this.#store.snapshot();
    try {
      const variables = new Map<string, string>();
      for (const { name, value } of rows<Variable>(tx, `${ENVIRONMENT}.by_name`))
        variables.set(name, value);
      for (const [name, value] of Object.entries(this.#fixed)) variables.set(name, value);
      return [...variables]
        .map(([name, value]) => ({ name, value }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } finally {
      tx.close();
    }
  }

  /**
   * Stores or (value null) forgets variables.
   * @returns the changes that take it back.
   * @throws Error when one cannot be changed.
   */
  async update(changes: Change[]): Promise<Change[]> {
    for (const { name } of changes) {
      if (!/^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(name)) {
        throw new Error(`"${name}" is not a name for an environment variable.`);
      }
      if (name in this.#system) throw new Error(`${name} is set by Convex and cannot be changed.`);
      if (name in this.#fixed) {
        throw new Error(`${name} is set by the command that started the engine; change it there.`);
      }
    }
    const { result } = await this.#store.mutate((tx) => {
      const before: Change[] = [];
      for (const { name, value } of changes) {
        const row = findRow<Variable>(tx, `${ENVIRONMENT}.by_name`, { name });
        before.unshift({ name, value: row?.value ?? null });
        if (row !== null) tx.remove("", row._id);
        if (value !== null && value !== undefined) tx.insert("", ENVIRONMENT, { name, value });
      }
      return before;
    });
    return result;
  }
}
