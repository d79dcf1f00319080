import type { Page, WebSocket } from "@playwright/test";
import { percentile, report } from "../figures.ts";

const OPENINGS = 7;
const DRAGS = 20;
const STAGES = ["Contract signed", "Site survey"] as const;

const column = (page: Page, stage: string) =>
  page.getByRole("listitem", { name: stage, exact: true });

/** pages.board_*: from the start of a navigation until the first card is painted, median. */
export async function measureBoard(page: Page): Promise<void> {
  const samples: number[] = [];
  for (let n = 0; n < OPENINGS; n++) {
    await page.goto("/projects?view=board", { waitUntil: "commit" });
    samples.push(await firstCardPainted(page));
  }
  report("pages.board_first_cards_ms", percentile(samples, 0.5), "ms");
}

/** Looked for in every frame: a locator looks again only after up to half a second. */
async function firstCardPainted(page: Page): Promise<number> {
  const painted = await page.waitForFunction(
    (stage) => {
      const isThere = document.querySelector(
        `[role="listitem"][aria-label="${stage}"] a[href^="/projects/"]`,
      );
      // What is in the document before a frame is painted with it.
      return (
        isThere &&
        new Promise<number>((done) =>
          requestAnimationFrame(() => setTimeout(() => done(performance.now()))),
        )
      );
    },
    STAGES[0],
    { polling: "raf" },
  );
  return Number(await painted.jsonValue());
}

/**
 * pages.drag_*: from letting a card go until it is in the other column, and from sending the
 * change until Convex has confirmed it.
 */
export async function measureDrags(page: Page): Promise<void> {
  const confirmed: number[] = [];
  const onSocket = (socket: WebSocket) => {
    const sent = new Map<unknown, number>();
    socket.on("framesent", ({ payload }) => {
      const frame = JSON.parse(String(payload)) as { type: string; requestId?: number };
      if (frame.type === "Mutation") sent.set(frame.requestId, performance.now());
    });
    socket.on("framereceived", ({ payload }) => {
      const frame = JSON.parse(String(payload)) as { type: string; requestId?: number };
      const began = sent.get(frame.requestId);
      if (frame.type === "MutationResponse" && began !== undefined) {
        confirmed.push(performance.now() - began);
      }
    });
  };
  page.on("websocket", onSocket);
  await page.goto("/projects?view=board");
  await column(page, STAGES[0]).getByRole("link").first().waitFor();
  confirmed.length = 0;
  const visible: number[] = [];
  for (let n = 0; n < DRAGS; n++) {
    const [from, to] = n % 2 === 0 ? STAGES : [STAGES[1], STAGES[0]];
    visible.push(await drag(page, from, to));
  }
  report("pages.drag_visible_p95_ms", percentile(visible, 0.95), "ms");
  report("pages.drag_confirmed_p50_ms", percentile(confirmed, 0.5), "ms");
  report("pages.drag_confirmed_p95_ms", percentile(confirmed, 0.95), "ms");
}

/** Drags the first card over; gives the ms until it is there, by the page's own clock. */
async function drag(page: Page, from: string, to: string): Promise<number> {
  const card = column(page, from).getByRole("link").first();
  const name = await card.innerText();
  const start = (await card.boundingBox())!;
  const end = (await column(page, to).boundingBox())!;
  await page.mouse.move(start.x + 40, start.y + 8);
  await page.mouse.down();
  await page.mouse.move(end.x + 100, end.y + 120, { steps: 8 });
  const watch = await column(page, to).evaluateHandle((target, text) => {
    const isThere = () =>
      [...target.querySelectorAll("a")].some((each) => each.textContent.includes(text));
    const dropped = new Promise<number>((resolve) => {
      window.addEventListener("mouseup", () => resolve(performance.now()), {
        capture: true,
        once: true,
      });
      window.addEventListener("pointerup", () => resolve(performance.now()), {
        capture: true,
        once: true,
      });
    });
    const took = dropped.then(
      (at) =>
        new Promise<number>((resolve) => {
          const look = () => {
            if (isThere()) resolve(performance.now() - at);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    return { took };
  }, name);
  await page.mouse.up();
  return await watch.evaluate(({ took }) => took);
}
