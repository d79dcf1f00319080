import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { connect, startEngine, until, httpClient } from "./engine.ts";

test("each mount of a component has data and environment of its own", async () => {
  const { url } = await startEngine();
  const client = httpClient(url);
  await client.mutation(api.components!.like!, { name: "n" });
  // likes counts in steps of 2 (its environment), views in steps of 1; the failing add counts not.
  expect(await client.query(api.components!.totals!, { name: "n" })).toEqual({
    likes: 2,
    views: 1,
    caller: null,
  });
});

test("a query that reads a component is live", async () => {
  const { url } = await startEngine();
  const client = connect(url);
  let likes: number | undefined;
  client.onUpdate(api.components!.totals!, { name: "n" }, (totals) => (likes = totals.likes));
  await until(() => likes === 0);
  await client.mutation(api.components!.like!, { name: "n" });
  await until(() => likes === 2);
});

test("a function handle calls the component's function, also after a restart", async () => {
  const before = await startEngine();
  await httpClient(before.url).mutation(api.components!.likeByHandle!, { name: "n" });
  await before.close();
  const { url } = await startEngine({ dataDir: before.dataDir });
  const client = httpClient(url);
  await client.mutation(api.components!.likeByHandle!, { name: "n" });
  expect(await client.query(api.components!.totals!, { name: "n" })).toMatchObject({ likes: 4 });
});
