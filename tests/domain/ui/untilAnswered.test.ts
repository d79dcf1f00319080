import { describe, expect, test } from "vitest";
import { untilAnswered } from "../../../components/workspace/untilAnswered.ts";

/** Answers in turn; an Error is thrown, everything else returned. */
function asking(...answers: unknown[]) {
  const pauses: number[] = [];
  const answered = untilAnswered(
    async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async (milliseconds) => void pauses.push(milliseconds),
  );
  return { answered, pauses };
}

const offline = () => new Error("Failed to fetch");
const status = (code: number) => Object.assign(new Error("Clerk answered"), { status: code });

describe("asking for a session token", () => {
  test("waits out a lost network and a failing server, longer each time", async () => {
    const { answered, pauses } = asking(
      ...[offline(), status(503), offline(), offline(), offline(), offline()],
      "token",
    );
    expect(await answered).toBe("token");
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  test("takes 'no session' for an answer", async () => {
    const { answered, pauses } = asking(null);
    expect(await answered).toBeNull();
    expect(pauses).toEqual([]);
  });

  test("does not insist when Clerk refuses", async () => {
    const { answered, pauses } = asking(status(401), "token");
    await expect(answered).rejects.toThrow("Clerk answered");
    expect(pauses).toEqual([]);
  });
});
