/** Cases written by hand that have the same outcome on the engine as on convex-test. */
import { makeFunctionReference } from "convex/server";
import { describe, expect, test } from "vitest";
import { until } from "../engine.ts";
import { engineClient, oracleClient, type Client } from "./backends.ts";

const mutationRef = (name: string) => makeFunctionReference<"mutation">(`cases:${name}`);
const queryRef = (name: string) => makeFunctionReference<"query">(`cases:${name}`);
const actionRef = (name: string) => makeFunctionReference<"action">(`cases:${name}`);

async function onBoth<T>(run: (client: Client) => Promise<T>): Promise<[engine: T, oracle: T]> {
  return [await run(await engineClient()), await run(oracleClient())];
}

describe("the engine agrees with convex-test about", () => {
  test.each(["errorsCrossCalls", "refusals", "reads"])("%s", async (name) => {
    const [found, expected] = await onBoth((client) => client.mutation(mutationRef(name), {}));
    expect(found).toEqual(expected);
  });

  test.each(["errorsCrossActions", "files", "vectors"])("%s", async (name) => {
    const [found, expected] = await onBoth((client) => client.action(actionRef(name), {}));
    expect(found).toEqual(expected);
  });

  test("twoPages", async () => {
    const [found, expected] = await onBoth((client) => client.query(queryRef("twoPages"), {}));
    expect(found).toEqual(expected);
  });

  test("scheduled functions: what runs, what fails, what is canceled", async () => {
    const [found, expected] = await onBoth(async (client) => {
      const ids = (await client.mutation(mutationRef("schedule"), {})) as string[];
      await client.mutation(mutationRef("cancel"), { id: ids[3]! });
      await client.action(actionRef("cancelFromAction"), { id: ids[2]! });
      type Job = { kind: string };
      return await until(async () => {
        const jobs = (await client.query(queryRef("jobs"), {})) as Job[];
        return jobs.every(({ kind }) => kind !== "pending" && kind !== "inProgress") && jobs;
      });
    });
    expect(found).toEqual(expected);
  });
});
