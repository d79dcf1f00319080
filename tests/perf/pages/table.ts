import type { Page } from "@playwright/test";
import { percentile, report } from "../figures.ts";

const WHEEL_TURNS = 120;
const PIXELS_A_TURN = 60;

/** pages.table_*: frames while the table is scrolled from its top through several pages of rows. */
export async function measureTableScroll(page: Page): Promise<void> {
  await page.goto("/projects?view=table");
  await page.getByRole("table").waitFor();
  await page.mouse.move(640, 500);
  const watch = await page.evaluateHandle(() => {
    const frames: number[] = [];
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return { frames };
  });
  for (let n = 0; n < WHEEL_TURNS; n++) {
    await page.mouse.wheel(0, PIXELS_A_TURN);
    await page.waitForTimeout(16);
  }
  const frames = await watch.evaluate(({ frames }) => frames);
  report("pages.table_scroll_frame_p95_ms", percentile(frames, 0.95), "ms");
  report("pages.table_scroll_frame_max_ms", percentile(frames, 1), "ms");
}
