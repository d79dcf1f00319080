import { test as base, type Browser, type BrowserContext, type Page } from "@playwright/test";
import {
  ensureAccount,
  ensureColleague,
  ensureStaff,
  type Account,
} from "../../../local/launcher/localAccounts.ts";
import type { Role } from "../../../lib/roles.ts";
import type { StaffLevel } from "../../../lib/staff.ts";
import { watchForProblems } from "./problems.ts";
import type { RunningStack } from "../../support/launch.ts";
import { sharedStack } from "./stack.ts";

export { expect } from "@playwright/test";

export const PASSWORD = "rooftop-panels-7";

export type Company = Account & { companyName: string; email: string; password: string };

export type Person = Account & { name: string; email: string; password: string };

type Fixtures = {
  /** Makes one of Sunup's own people, with an account and of that level. */
  newStaff: (level: StaffLevel, name?: string) => Promise<Person>;
  stack: RunningStack;
  /** A browser of its own, as on another computer: no cookie is shared with any other. */
  newBrowser: () => Promise<Page>;
  /** Signs a new company up behind the scenes, for tests that begin after that. */
  newCompany: (companyName?: string) => Promise<Company>;
  /** Makes somebody a member of a company, in these roles. */
  newColleague: (company: Company, roles: Role[], name?: string) => Promise<Person>;
};

/** Playwright's test, where every page of every browser fails the test on a script error. */
export const test = base.extend<Fixtures>({
  stack: async ({}, use) => {
    await use(sharedStack());
  },
  baseURL: async ({ stack }, use) => {
    await use(stack.appUrl);
  },
  context: async ({ context }, use) => {
    const problems = watchForProblems(context);
    await use(context);
    problems.expectNone();
  },
  newBrowser: async ({ browser, baseURL }, use) => {
    const opened: { context: BrowserContext; problems: ReturnType<typeof watchForProblems> }[] = [];
    await use(async () => {
      const context = await openContext(browser, baseURL);
      opened.push({ context, problems: watchForProblems(context) });
      return await context.newPage();
    });
    for (const { context, problems } of opened) {
      await context.close();
      problems.expectNone();
    }
  },
  newCompany: async ({ stack }, use) => {
    await use(async (companyName = "Test Solar") => {
      const email = uniqueEmail();
      const request = { companyName, plan: "pro", name: "Ada Tester", email } as const;
      const account = await ensureAccount(stack, { ...request, password: PASSWORD });
      return { ...account, companyName, email, password: PASSWORD };
    });
  },
  newStaff: async ({ stack }, use) => {
    await use(async (level, name = "Robin Hale") => {
      const person = { name, email: uniqueEmail(), password: PASSWORD };
      return { ...(await ensureStaff(stack, { ...person, level })), ...person };
    });
  },
  newColleague: async ({ stack }, use) => {
    await use(async (company, roles, name = "Col League") => {
      const person = { name, email: uniqueEmail(), password: PASSWORD };
      return { ...(await ensureColleague(stack, company, { ...person, roles })), ...person };
    });
  },
});

function openContext(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    ...(baseURL === undefined ? {} : { baseURL }),
  });
}

let count = 0;

/** An address that nobody else uses; Clerk's test convention gives it the code 424242. */
export function uniqueEmail(): string {
  count += 1;
  return `user-${process.pid}-${Date.now()}-${count}+clerk_test@e2e.example`;
}
