import { MAX_AGENT_LENGTH } from "./security.ts";

/** More in a minute tell nothing more: far above what alerts (lib/security.ts), far below a flood. */
const PER_MINUTE = 20;
const MINUTE = 60_000;
const CONVEX_TIMEOUT_MS = 5_000;

let minute = { from: 0, passedOn: 0 };

/**
 * Lets Convex see that the app refused a forged event of Clerk's, so that it is recorded and alerts:
 * an empty request of the same program to the same door, which Convex refuses as a forgery itself.
 * It carries no proof and needs no secret, since whoever wants to be counted can knock there; nothing
 * of the forgery goes on but the program's name. At most PER_MINUTE of this process; what fails is
 * given up. Next server only.
 */
export async function passOnForgery(agent: string | null, siteUrl: string): Promise<void> {
  const now = Date.now();
  if (now - minute.from >= MINUTE) minute = { from: now, passedOn: 0 };
  if (minute.passedOn >= PER_MINUTE) return;
  minute.passedOn += 1;
  try {
    const answer = await fetch(`${siteUrl}/webhooks/clerk`, {
      method: "POST",
      headers: { "user-agent": agent?.slice(0, MAX_AGENT_LENGTH) ?? "" },
      redirect: "error",
      signal: AbortSignal.timeout(CONVEX_TIMEOUT_MS),
    });
    await answer.body?.cancel();
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown reason";
    console.error(`A forged event of Clerk's was refused, and Convex not told (${reason}).`);
  }
}
