/**
 * The noisy company's windows, as a process of their own: what they cost must not slow the clients
 * that are measured. Told what to call, they call as fast as answers come, a change and a look in
 * turn, until they are told that it is over; then they say what they did.
 */
import { ConvexClient } from "convex/browser";
import { WebSocket } from "ws";
import { api } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { errorData } from "../../../lib/errors.ts";

export type Orders = {
  convexUrl: string;
  token: string;
  windows: number;
  projectId: Id<"projects">;
  stageId: Id<"pipelineStages">;
};
/** Calls, and how many of them a rate limit refused. */
export type Deeds = { calls: number; refused: number };

const deeds: Deeds = { calls: 0, refused: 0 };
let over = false;

process.on("disconnect", () => process.exit());
process.once("message", (orders: Orders) => {
  process.once("message", () => (over = true));
  const windows = Array.from({ length: orders.windows }, (_, n) => hammer(orders, n));
  void Promise.all(windows).then(() => process.send!(deeds));
});

async function hammer({ convexUrl, token, projectId, stageId }: Orders, window: number) {
  const client = new ConvexClient(convexUrl, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    unsavedChangesWarning: false,
    logger: false,
  });
  client.setAuth(() => Promise.resolve(token));
  for (let n = 0; !over; n++) {
    const name = `Roof of window ${window}, change ${n}`;
    await client.mutation(api.projects.update, { projectId, name }).catch((thrown: unknown) => {
      if (errorData(thrown)?.code !== "RATE_LIMITED") throw thrown;
      deeds.refused++;
    });
    const paginationOpts = { numItems: 20, cursor: null };
    await client.query(api.projects.list, { paginationOpts, stageId });
    deeds.calls += 2;
  }
  await client.close();
}
