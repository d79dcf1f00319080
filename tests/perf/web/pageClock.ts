import type { Page } from "@playwright/test";

/**
 * Begins to watch a page for a text inside the elements that `selector` finds, and later tells when it
 * was there, in epoch ms, as the page's own clock saw it: no round trip to this process is measured.
 */
export async function watchFor(page: Page, selector: string, text: string) {
  const watch = await page.evaluateHandle(
    ([selector, text]) => {
      const isThere = () =>
        [...document.querySelectorAll(selector)].some((each) => each.textContent === text);
      const seen = new Promise<number>((resolve) => {
        const look = () => {
          if (!isThere()) return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        look();
      });
      return { seen };
    },
    [selector, text] as const,
  );
  return { seen: () => watch.evaluate(({ seen }) => seen) };
}
