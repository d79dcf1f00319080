const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Asks again and again, in growing pauses, until there is an answer. A refusal (an error with a 4xx
 * `status`) is an answer and is thrown; no answer, or a server that failed, is waited out.
 */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  wait: (milliseconds: number) => Promise<void>,
): Promise<Answer> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (isRefusal(error)) throw error;
    }
    await wait(pause);
  }
}

function isRefusal(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("status" in error)) return false;
  return typeof error.status === "number" && error.status >= 400 && error.status < 500;
}
