import type { Page } from "@playwright/test";
import { percentile, report } from "../figures.ts";

/** The sample jobs are called "Abbott residence 17". */
const WORDS = ["Abbott", "Baker", "Diaz", "Ellis", "Foster", "Grant"];

/** pages.search_*: from the last key of a word until the palette shows a job of that name. */
export async function measureSearch(page: Page): Promise<void> {
  await page.goto("/dashboard");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  const field = palette.getByRole("textbox", { name: "Search" });
  await field.waitFor();
  const samples: number[] = [];
  for (const word of [...WORDS, ...WORDS]) {
    await field.fill("");
    await palette.getByRole("button", { name: word }).first().waitFor({ state: "detached" });
    await field.pressSequentially(word.slice(0, -1));
    const watch = await palette.evaluateHandle((dialog, text) => {
      const typed = new Promise<number>((resolve) => {
        dialog.addEventListener("input", () => resolve(performance.now()), {
          capture: true,
          once: true,
        });
      });
      const isThere = () =>
        [...dialog.querySelectorAll("button")].some((each) => each.textContent.includes(text));
      const took = typed.then(
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
    }, `${word} residence`);
    await field.press(word.slice(-1));
    samples.push(await watch.evaluate(({ took }) => took));
  }
  report("pages.search_answer_p50_ms", percentile(samples, 0.5), "ms");
  report("pages.search_answer_p95_ms", percentile(samples, 0.95), "ms");
}
