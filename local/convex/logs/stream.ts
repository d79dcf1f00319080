/**
 * The log stream: posts the log's events to a webhook as Convex does.
 *
 * - A JSON list of events, at most 128 a request, in order; `x-webhook-signature` is
 *   `sha256=<hex HMAC-SHA256 of the body>`.
 * - Every 5 s what has gathered; at most 4,096 events wait, and later ones are dropped and counted.
 * - A request that fails is tried six times, with growing pauses; one that is refused (4xx) is not.
 * - The stream never holds up a function: an endpoint that does not answer costs events, not time.
 */
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogEvent } from "./events.ts";

export type LogStreamOptions = {
  url: URL;
  secret: string;
  /** How often to post, ms. */
  intervalMs?: number;
  /** What went wrong, for the engine's log. */
  onProblem: (message: string) => void;
};

const INTERVAL_MS = 5000;
const MAX_WAITING = 4096;
const MAX_BATCH = 128;
const REQUEST_TIMEOUT_MS = 30_000;
/** When the stream ends. */
const LAST_REQUEST_MS = 1000;
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const RETRYABLE = [408, 421, 425, 429];
const TOPICS = ["verification", "console", "function_execution"];

export class LogStream {
  readonly #options: LogStreamOptions;
  /** Ends pauses and attempts that wait for nothing but a better moment. */
  readonly #stop = new AbortController();
  /** Ends requests that are under way. */
  readonly #cut = new AbortController();
  #waiting: LogEvent[] = [];
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #posting: Promise<void> | null = null;

  constructor(options: LogStreamOptions) {
    this.#options = options;
  }

  push(event: LogEvent): void {
    if (!TOPICS.includes(event.topic) || this.#stop.signal.aborted) return;
    if (this.#waiting.length >= MAX_WAITING) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(event);
    this.#arm();
  }

  /** Posts what waits, once and without patience, then ends; within about two seconds. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    const cut = setTimeout(() => this.#cut.abort(), LAST_REQUEST_MS);
    await this.#posting;
    clearTimeout(cut);
    for (const batch of batchesOf(this.#waiting)) {
      if ((await this.#attempt(batch, AbortSignal.timeout(LAST_REQUEST_MS))) !== null) return;
    }
  }

  #arm(): void {
    if (this.#waiting.length === 0 || this.#posting !== null || this.#stop.signal.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#posting = this.#flush().finally(() => {
        this.#posting = null;
        this.#arm();
      });
    }, this.#options.intervalMs ?? INTERVAL_MS);
  }

  async #flush(): Promise<void> {
    if (this.#dropped > 0) {
      this.#options.onProblem(`The log stream dropped ${this.#dropped} events: it was behind.`);
      this.#dropped = 0;
    }
    await this.#post(this.#waiting.splice(0));
  }

  async #post(events: LogEvent[]): Promise<void> {
    for (const batch of batchesOf(events)) {
      const failure = await this.#send(batch);
      if (failure !== null && !this.#stop.signal.aborted) {
        this.#options.onProblem(`The log stream lost ${batch.length} events: ${failure}`);
      }
    }
  }

  async #send(batch: LogEvent[]): Promise<string | null> {
    let pause = FIRST_PAUSE_MS;
    for (let attempt = 1; ; attempt++) {
      const limits = [AbortSignal.timeout(REQUEST_TIMEOUT_MS), this.#cut.signal];
      const failure = await this.#attempt(batch, AbortSignal.any(limits));
      if (failure === null) return null;
      if (!failure.again || attempt === ATTEMPTS || this.#stop.signal.aborted)
        return failure.reason;
      await sleep(pause, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  async #attempt(
    batch: LogEvent[],
    signal: AbortSignal,
  ): Promise<{ reason: string; again: boolean } | null> {
    const { url, secret } = this.#options;
    const body = JSON.stringify(batch.map(wholeMilliseconds));
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-webhook-signature": `sha256=${signature}`,
    };
    try {
      const response = await fetch(url, { method: "POST", headers, body, signal });
      await response.body?.cancel();
      const { status } = response;
      if (status < 400) return null;
      const again = status >= 500 || RETRYABLE.includes(status);
      return { reason: `${url.href} answered ${status}.`, again };
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      return { reason: `${url.href}: ${cause?.message ?? message}`, again: true };
    }
  }
}

function* batchesOf(events: readonly LogEvent[]): Generator<LogEvent[]> {
  for (let i = 0; i < events.length; i += MAX_BATCH) yield events.slice(i, i + MAX_BATCH);
}

function wholeMilliseconds(event: LogEvent): LogEvent {
  if (event.topic !== "function_execution") return event;
  const { user_execution_time_ms: user } = event;
  return {
    ...event,
    execution_time_ms: Math.floor(event.execution_time_ms),
    user_execution_time_ms: user === null ? null : Math.floor(user),
  };
}
