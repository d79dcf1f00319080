import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";
import { type Answer, call, idsOf, removedId, withId } from "./call.ts";
import { CASES, isMembersGate } from "./cases.ts";
import { registeredFunctions } from "./functions.ts";

/**
 * Three tenants share a deployment and call every function in random order, with ids
 * drawn from all three. Whatever they do, each of them gets exactly the answers, and is
 * left with exactly the rows, that it would have had alone: another tenant's id is worth
 * what an unknown one is, and another tenant's work changes nothing.
 */

const KEYS = ["north", "south", "west"] as const;
type Key = (typeof KEYS)[number];

const functions = (await registeredFunctions()).filter(
  ({ path }) => CASES[path] && isMembersGate(CASES[path].gate),
);

/** One call: by whom, of what, and for each id argument whose row to name. */
type Step = { by: Key; fn: number; ids: { of: Key; nth: number }[] };

const step: fc.Arbitrary<Step> = fc.record({
  by: fc.constantFrom(...KEYS),
  fn: fc.nat({ max: functions.length - 1 }),
  ids: fc.array(fc.record({ of: fc.constantFrom(...KEYS), nth: fc.nat({ max: 9 }) }), {
    minLength: 4,
    maxLength: 4,
  }),
});

beforeAll(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  // What the functions schedule is not run; without the real time nothing differs by chance.
  vi.useFakeTimers({ now: new Date("2026-11-23T12:00:00Z"), toFake: ["Date", "setTimeout"] });
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("three tenants on one deployment", () => {
  it("each live in the world in which they were alone", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const together = await world(KEYS);
        const answers = await play(together, steps);
        for (const key of KEYS) {
          const alone = await world([key]);
          const own = steps.filter(({ by }) => by === key);
          expect(answers[key]).toEqual((await play(alone, own))[key]);
          expect(await rowsOf(together, key)).toEqual(await rowsOf(alone, key));
          for (const other of KEYS.filter((each) => each !== key)) {
            expect(JSON.stringify(answers[key])).not.toContain(other);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

type Tenant = TestTenant & {
  /** An id of each table that functions name, as it was at the start: good until its row is removed. */
  firstIds: Record<string, string>;
};
type World = { t: Backend; tenants: Partial<Record<Key, Tenant>> };

const NAMED_TABLES = new Set(functions.flatMap((fn) => fn.idArguments.map(({ table }) => table)));

async function world(keys: readonly Key[]): Promise<World> {
  const t = backend();
  const tenants: World["tenants"] = {};
  for (const key of keys) {
    const tenant = await signUp(t, key);
    const firstIds: Record<string, string> = {};
    for (const table of NAMED_TABLES) {
      firstIds[table] = (await idsOf(t, table, tenant.tenantId))[0]!;
    }
    tenants[key] = { ...tenant, firstIds };
  }
  return { t, tenants };
}

/** Runs the steps one after the other; the answers by tenant, with ids as places in their own world. */
async function play({ t, tenants }: World, steps: Step[]): Promise<Record<Key, Answer[]>> {
  const answers: Record<Key, Answer[]> = { north: [], south: [], west: [] };
  for (const { by, fn, ids } of steps) {
    const tenant = tenants[by]!;
    const called = functions[fn]!;
    let args = CASES[called.path]!.args(tenant);
    for (const [index, { path, table }] of called.idArguments.entries()) {
      const { of, nth } = ids[index]!;
      const id = await idFor(t, tenant, tenants[of], of === by, table, nth);
      args = withId(args, path, id);
    }
    answers[by].push(await placed({ t, tenants }, by, await call(tenant.as, called, args)));
  }
  return answers;
}

/** The nth row of its own or of another tenant; alone, another tenant's is an unknown id. */
async function idFor(
  t: Backend,
  own: Tenant,
  owner: Tenant | undefined,
  isOwn: boolean,
  table: string,
  nth: number,
): Promise<string> {
  if (!isOwn && owner === undefined) {
    const [like] = await idsOf(t, table, own.tenantId);
    return like === undefined ? own.firstIds[table]! : await removedId(t, table, like);
  }
  const { tenantId, firstIds } = isOwn ? own : owner!;
  const ids = await idsOf(t, table, tenantId);
  return ids[nth % ids.length] ?? firstIds[table]!;
}

/** The tenant's rows, table by table, without what differs between any two deployments. */
async function rowsOf(own: World, key: Key): Promise<unknown> {
  const { t, tenants } = own;
  const rows = await t.run(async ({ db }) => {
    const all: unknown[] = [await db.get("tenants", tenants[key]!.tenantId)];
    for (const table of TENANT_TABLES) {
      const each = await db.query(table as "projects").collect();
      all.push(each.filter(({ tenantId }) => tenantId === tenants[key]!.tenantId));
    }
    return all;
  });
  return await placed(own, key, rows);
}

const DIFFERENT_EVERY_TIME = ["_creationTime", "continueCursor", "uploadUrl", "formToken"];

/** Replaces ids by the table and the row's place in it, and drops times, cursors, addresses and keys. */
async function placed<Value>({ t, tenants }: World, key: Key, value: Value): Promise<Value> {
  const names = new Map<string, string>([[tenants[key]!.tenantId, "tenants#own"]]);
  for (const table of [...TENANT_TABLES, "_storage"]) {
    const ids = await idsOf(t, table, tenants[key]!.tenantId);
    for (const [place, id] of ids.entries()) names.set(id, `${table}#${place}`);
  }
  const text = JSON.stringify(value, (name, each: unknown) => {
    if (DIFFERENT_EVERY_TIME.includes(name)) return undefined;
    return each;
  });
  // An id stands alone or inside a text, such as a mail's key.
  const replaced = [...names].reduce((all, [id, name]) => all.replaceAll(id, name), text);
  return JSON.parse(replaced) as Value;
}
