/**
 * Who has the thread. node:sqlite is synchronous and awaits between synchronous steps are microtasks,
 * so whatever runs a function asks here before it begins and between its syscalls:
 *
 * - A turn lasts as long as a turn of the event loop. Whoever asks goes on at once until it is a few
 *   ms old; from then on all wait, so that timers and sockets are heard.
 * - With each turn one of those who wait goes on: of the lane that had the least of the thread lately
 *   (shares.ts). So who asks for little waits for what runs at that moment, and not for the many
 *   things that somebody else has asked for.
 */
import { Shares } from "./shares.ts";

const LONGEST_TURN_MS = 2;

/** The engine's own work, and that for people whom nobody knows. */
export const ENGINE_LANE = "";

export const shares = new Shares();

type Waiting = { lane: string; rank: () => number; goOn: () => void };
/** `lane` has had the thread since `since`. */
type Turn = { began: number; lane: string; since: number };

let turn: Turn | null = null;
const line: Waiting[] = [];

/**
 * Undefined when one of the lane may go on at once, otherwise the promise of a turn. Who ranks lowest
 * goes first: by its lane's share, unless somebody of another lane waits for what is being done.
 */
export function breathe(
  lane = ENGINE_LANE,
  rank = () => shares.of(lane),
): Promise<void> | undefined {
  const now = performance.now();
  if (turn === null) {
    begin(lane, now);
    return undefined;
  }
  const isYoung = now - turn.began < LONGEST_TURN_MS;
  if (isYoung && turn.lane === lane) return undefined;
  if (isYoung && line.length === 0) {
    charge(turn, now);
    turn = { ...turn, lane, since: now };
    return undefined;
  }
  return new Promise((goOn) => void line.push({ lane, rank, goOn }));
}

function begin(lane: string, now: number): void {
  turn = { began: now, lane, since: now };
  setImmediate(end);
}

function end(): void {
  const now = performance.now();
  if (turn !== null) charge(turn, now);
  turn = null;
  const first = takeFirst();
  if (first === undefined) return;
  begin(first.lane, now);
  first.goOn();
}

function charge({ lane, since }: Turn, now: number): void {
  shares.charge(lane, now - since, now);
}

/** Of equals, who has waited longest. */
function takeFirst(): Waiting | undefined {
  let first = 0;
  let lowest = Infinity;
  for (const [place, { rank }] of line.entries()) {
    const own = rank();
    if (own >= lowest) continue;
    lowest = own;
    first = place;
  }
  return line.splice(first, 1)[0];
}
