import type { Page } from "@playwright/test";
import type { Bench } from "../web.ts";

export const PASSWORD = "rooftop-panels-7";

let count = 0;

export function uniqueEmail(): string {
  count += 1;
  return `bench-${process.pid}-${count}+clerk_test@bench.example`;
}

/** A page in a browser profile of its own. */
export async function newPage({ browser, stack }: Bench): Promise<Page> {
  const context = await browser.newContext({
    baseURL: stack.appUrl,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}
