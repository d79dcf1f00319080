/** Mail from a sign-up to the mailbox, over real sockets, and what the network and kill -9 cannot do to it. */
import { expect, test } from "vitest";
import { control, mailboxOf } from "../mail/harness.ts";
import { startDeployment } from "./deployment.ts";

const PATIENT = { timeout: 90_000, interval: 250 };
const TIMEOUT = 240_000;

test(
  "a sign-up brings one welcome mail, and the report of its delivery comes home",
  async () => {
    const { mail, signUp, mailTo } = await startDeployment();
    for (const key of ["north", "south"]) {
      const { address } = await signUp(key);
      await expect.poll(() => mailTo(address)?.status, PATIENT).toBe("delivered");
      const received = await mailboxOf(mail, address);
      expect(received).toMatchObject([
        {
          from: "Sunup <hello@sunup.example>",
          to: [address],
          subject: `${key} Solar is ready on Sunup`,
        },
      ]);
      expect(received[0]!.text).toContain("http://localhost:5100/projects");
      expect(received[0]!.html).toContain("Welcome to Sunup, Ada");
    }
  },
  TIMEOUT,
);

test(
  "however Resend's API fails, nothing is lost and nothing doubled",
  async () => {
    const { mail, signUp, mailTo } = await startDeployment({ reports: false });
    const failures = ["unreachable", "server_error", "answer_lost", "rate_limit"];
    for (const failure of failures) {
      await control(mail, { failure, perSecond: 0 });
      const companies = [await signUp(`north-${failure}`), await signUp(`south-${failure}`)];
      for (const { address } of companies) {
        await expect.poll(() => mailTo(address)?.lastError, PATIENT).toBeDefined();
      }
      await control(mail, { failure: "none" });
      for (const { address } of companies) {
        await expect.poll(() => mailTo(address)?.status, PATIENT).toBe("sent");
        expect(mailTo(address)!.attempts).toBeGreaterThan(1);
        expect(await mailboxOf(mail, address)).toHaveLength(1);
      }
    }
    expect(await mailboxOf(mail)).toHaveLength(2 * failures.length);
  },
  TIMEOUT,
);

test(
  "killed with kill -9 while it sends, Convex learns in the end that it did, and sends once",
  async () => {
    const { mail, signUp, mailTo, kill, restart, run } = await startDeployment({ reports: false });
    await control(mail, { failure: "slow", delayMs: 1_000, calls: 1 });
    const { address } = await signUp("north");
    await expect.poll(() => callsSeen(mail.url), PATIENT).toBe(1);
    await kill();
    // Resend takes the mail, and there is nobody left to hear of it.
    await expect.poll(() => mailboxOf(mail, address), PATIENT).toHaveLength(1);
    expect(mailTo(address)).toMatchObject({ status: "sending", attempts: 1 });

    await restart();
    const sweep = async () => {
      await run("emails/outbox:sweep", { overdueMs: 0 });
      return mailTo(address)?.status;
    };
    await expect.poll(sweep, { ...PATIENT, interval: 1_000 }).toBe("sent");
    const [received, ...more] = await mailboxOf(mail, address);
    expect(more).toEqual([]);
    expect(mailTo(address)).toMatchObject({ attempts: 2, providerId: received!.id });
  },
  TIMEOUT,
);

async function callsSeen(url: string): Promise<number> {
  const state = (await (await fetch(`${url}/__control`)).json()) as { callsSeen: number };
  return state.callsSeen;
}
