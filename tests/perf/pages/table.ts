import type { Page } from "@playwright/test";
import { percentile, report } from "../figures.ts";

const TURNS = 60;
const PIXELS = 300;
const TURN_MS = 30;

/** pages.table_frame_*: time between two frames while the list of projects scrolls and grows. */
export async function measureTable(page: Page): Promise<void> {
  await page.goto("/projects");
  await page.getByRole("row").getByRole("link").first().waitFor();
  const watch = await page.evaluateHandle(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return { frames };
  });
  await page.mouse.move(640, 500);
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, PIXELS);
    await page.waitForTimeout(TURN_MS);
  }
  const frames = await watch.evaluate((seen) => seen.frames);
  report("pages.table_frame_p50_ms", percentile(frames, 0.5), "ms");
  report("pages.table_frame_p99_ms", percentile(frames, 0.99), "ms");
  const rows = await page.getByRole("row").count();
  report("pages.table_rows_after_scroll", rows, "rows");
}
