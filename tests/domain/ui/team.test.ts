import { describe, expect, it } from "vitest";
import { inviteProblems } from "../../../components/team/inviteProblems.ts";
import { invitationState } from "../../../components/team/invitationWords.ts";
import { seatsAdvice, seatsWords } from "../../../components/team/seatsWords.ts";
import { formatRelative } from "../../../lib/format.ts";
import { INVITATION_PROBLEMS } from "../../../lib/team.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("formatRelative", () => {
  it.each([
    [0, "just now"],
    [-59_000, "just now"],
    [-MINUTE, "1 minute ago"],
    [-2 * HOUR, "2 hours ago"],
    [-3 * DAY, "3 days ago"],
    [7 * DAY - 2_000, "in 7 days"],
    [5 * MINUTE, "in 5 minutes"],
    [-60 * DAY, "Sep 24, 2026"],
  ])("says %d ms from now as %s", (distance, words) => {
    expect(formatRelative(NOW + distance, NOW)).toBe(words);
  });
});

describe("the seats", () => {
  it.each([
    [{ used: 3, limit: 10 }, "3 of 10 places used"],
    [{ used: 1, limit: 1 }, "1 of 1 place used"],
    [{ used: 40, limit: null }, "40 places used"],
  ])("%o are told as %s", (seats, words) => {
    expect(seatsWords(seats)).toBe(words);
  });

  it("that are all taken come with what to do, of plans that exist", () => {
    expect(seatsAdvice({ used: 1, limit: 1 }, "starter")).toBe(
      "Starter is for one person. Pro has room for 10 people.",
    );
    expect(seatsAdvice({ used: 10, limit: 10 }, "pro")).toContain(
      "Enterprise has room for as many as you like.",
    );
    expect(seatsAdvice({ used: 50, limit: 50 }, "enterprise")).not.toContain("larger plan");
    expect(seatsAdvice({ used: 9, limit: 10 }, "pro")).not.toMatch(/larger|make room/);
  });
});

describe("an invitation", () => {
  const sent = { sentAt: NOW - HOUR, expiresAt: NOW + 6 * DAY, retrying: false };
  const state = (change: object) =>
    invitationState({ ...sent, status: "pending", ...change } as never, NOW);

  it("says when it was sent and when it ends", () => {
    expect(state({})).toEqual({ words: "Sent 1 hour ago, expires in 6 days", trouble: false });
    expect(state({ sentAt: undefined, retrying: true }).words).toBe("Being sent…");
    expect(state({ status: "expired", expiresAt: NOW - DAY }).words).toBe("Expired 1 day ago");
  });

  it.each(INVITATION_PROBLEMS)("in trouble because of %s says so", (problem) => {
    const { words, trouble } = state({ problem });
    expect(trouble).toBe(true);
    expect(words).toMatch(/[.?]$/);
  });

  it("that is still being tried says that it goes on", () => {
    expect(state({ problem: "unreachable", retrying: true }).words).toContain("We keep trying.");
    expect(state({ problem: "unreachable" }).words).not.toContain("keep trying");
  });
});

describe("the invitation's form", () => {
  const chosen = { roles: ["Sales" as const], primaryRole: "Sales" as const };

  it("names the address that is wrong", () => {
    expect(inviteProblems(["good@x.test", "bad"], chosen).emails).toMatch(/^bad: Enter a valid/);
  });

  it("wants somebody, and a role", () => {
    expect(inviteProblems([], chosen)).toEqual({ emails: "Enter at least one e-mail address." });
    expect(inviteProblems(["a@x.test"], { ...chosen, roles: [] }).roles).toMatch(/at least one/);
    expect(inviteProblems(["a@x.test"], chosen)).toEqual({});
  });
});
