import { expect, test, type BrowserContext } from "@playwright/test";

/** A refused request (wrong password, expired code) is an answer, which Chromium logs as an error. */
const REFUSED_REQUEST = /^Failed to load resource: the server responded with a status of 4\d\d/;
/** No script runs in a mail's frame: neither one of the mail nor the one with which Playwright traces. */
const SCRIPT_IN_A_MAIL = /^Blocked script execution in '[^']*\/mailbox\/mails\//;
const THIS_MACHINE = ["localhost", "127.0.0.1"];

/**
 * Watches every page of a browser: script errors, anything the content-security-policy blocks, whatever
 * React complains about, and any request that leaves this machine.
 */
export function watchForProblems(context: BrowserContext): { expectNone(): void } {
  const problems: string[] = [];
  context.on("console", (message) => {
    if (message.type() !== "error" || REFUSED_REQUEST.test(message.text())) return;
    if (SCRIPT_IN_A_MAIL.test(message.text())) return;
    problems.push(`${message.page()?.url() ?? ""}: ${message.text()}`);
  });
  context.on("weberror", (error) => problems.push(`${error.error().stack}`));
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!/^(http|ws)s?:$/.test(protocol) || THIS_MACHINE.includes(hostname)) return;
    problems.push(`A request left this machine: ${request.url()}`);
  });
  return { expectNone: () => expect(problems.filter((each) => !wasExpected(each))).toEqual([]) };
}

const REFUSED = "refused";

/** Says that this test has a function refuse on purpose, which Convex's client logs as an error. */
export function expectRefused(functionName: string): void {
  test.info().annotations.push({ type: REFUSED, description: functionName });
}

function wasExpected(problem: string): boolean {
  return test
    .info()
    .annotations.some(
      ({ type, description }) => type === REFUSED && problem.includes(`(${description})]`),
    );
}
