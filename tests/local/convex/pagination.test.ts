import { ConvexReactClient } from "convex/react";
import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { afterTest, startEngine, until, httpClient } from "./engine.ts";

type Page = { page: { body: string }[]; isDone: boolean; continueCursor: string };

function reactClient(url: string): ConvexReactClient {
  const client = new ConvexReactClient(url, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    logger: false,
    unsavedChangesWarning: false,
  });
  afterTest(() => client.close());
  return client;
}

test("pages follow each other without gaps or repetitions", async () => {
  const { url } = await startEngine();
  const client = httpClient(url);
  await client.mutation(api.messages!.sendMany!, { channel: "a", count: 25 });
  const bodies: string[] = [];
  let cursor: string | null = null;
  for (let isDone = false; !isDone;) {
    const paginationOpts = { numItems: 10, cursor };
    const page: Page = await client.query(api.messages!.page!, { channel: "a", paginationOpts });
    bodies.push(...page.page.map(({ body }) => body));
    ({ isDone, continueCursor: cursor } = page);
  }
  expect(bodies).toEqual(Array.from({ length: 25 }, (_, i) => `message ${i}`));
});

test("a live page ends where it ended first, so that the next page still fits", async () => {
  const { url } = await startEngine();
  const client = reactClient(url);
  await client.mutation(api.messages!.sendMany!, { channel: "a", count: 10 });
  const watchPage = (cursor: string | null) => {
    const paginationOpts = { numItems: 5, cursor, id: 1 };
    const watch = client.watchQuery(api.messages!.page!, { channel: "a", paginationOpts });
    afterTest(watch.onUpdate(() => {}));
    return () => watch.localQueryResult() as Page | undefined;
  };
  const first = watchPage(null);
  const { continueCursor, page } = await until(first);
  const second = watchPage(continueCursor);
  await until(second);
  // Removing a document of the first page must not pull one over from the second.
  const removed = (page[1] as unknown as { _id: string })._id;
  await client.mutation(api.messages!.remove!, { id: removed });
  await until(() => first()?.page.length === 4);
  const all = [...first()!.page, ...second()!.page].map(({ body }) => body);
  expect(all).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `message ${i}`));
});

test("a new document at the end shows on the last page", async () => {
  const { url } = await startEngine();
  const client = reactClient(url);
  await client.mutation(api.messages!.sendMany!, { channel: "a", count: 3 });
  const paginationOpts = { numItems: 10, cursor: null, id: 1 };
  const watch = client.watchQuery(api.messages!.page!, { channel: "a", paginationOpts });
  afterTest(watch.onUpdate(() => {}));
  const page = () => watch.localQueryResult() as Page | undefined;
  await until(() => page()?.page.length === 3);
  await client.mutation(api.messages!.send!, { channel: "a", body: "new" });
  await until(() => page()?.page.at(-1)?.body === "new");
});

test("a cursor of another query is refused so that usePaginatedQuery starts again", async () => {
  const { url } = await startEngine();
  const client = httpClient(url);
  await client.mutation(api.messages!.sendMany!, { channel: "a", count: 3 });
  const page = (channel: string, cursor: string | null) =>
    client.query(api.messages!.page!, { channel, paginationOpts: { numItems: 2, cursor } });
  const { continueCursor } = (await page("a", null)) as Page;
  await expect(page("b", continueCursor)).rejects.toMatchObject({
    data: { isConvexSystemError: true, paginationError: "InvalidCursor" },
  });
});
