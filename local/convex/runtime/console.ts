/**
 * console.* of functions: lines collected per execution, for the log only (production never sends
 * them to clients). At most 256 lines of 4 KiB.
 */
import { inspect } from "node:util";

export type LogLevel = "DEBUG" | "ERROR" | "WARN" | "INFO" | "LOG";
export type LogLine = {
  level: LogLevel;
  message: string;
  timestamp: number;
  isTruncated: boolean;
};

export const MAX_LOG_LINES = 256;
export const MAX_LOG_LINE_BYTES = 4096;

const LEVELS: Record<string, LogLevel> = {
  debug: "DEBUG",
  error: "ERROR",
  warn: "WARN",
  info: "INFO",
  log: "LOG",
  trace: "LOG",
};

/** A console that gives its lines to `lines()`; without one (module loading) they go nowhere. */
export function functionConsole(lines: () => LogLine[] | undefined): Console {
  const write = (level: LogLevel, args: unknown[]) => {
    const target = lines();
    if (target !== undefined) append(target, level, args);
  };
  const timers = new Map<string, number>();
  const tellTime = (label: string, args: unknown[]) => {
    const started = timers.get(label);
    if (started === undefined) return;
    write("INFO", [`${label}: ${Math.round(performance.now() - started)}ms`, ...args]);
  };
  const methods: Record<string, (...args: unknown[]) => void> = {
    time: (label = "default") => void timers.set(String(label), performance.now()),
    timeLog: (label = "default", ...args) => tellTime(String(label), args),
    timeEnd: (label = "default") => {
      tellTime(String(label), []);
      timers.delete(String(label));
    },
    assert: (condition, ...args) => {
      if (!condition) write("ERROR", ["Assertion failed", ...args]);
    },
  };
  for (const [method, level] of Object.entries(LEVELS)) {
    methods[method] = (...args) => write(level, args);
  }
  const ignore = () => {};
  return new Proxy(methods, {
    get: (target, name) => (typeof name === "string" ? (target[name] ?? ignore) : undefined),
  }) as unknown as Console;
}

/** "[LOG] 'hello' 5", as Convex prints it. */
export function formatLogLine(line: LogLine): string {
  return `[${line.level}] ${line.message}`;
}

function append(lines: LogLine[], level: LogLevel, args: unknown[]): void {
  if (lines.length > MAX_LOG_LINES) return;
  const timestamp = Date.now();
  if (lines.length === MAX_LOG_LINES) {
    const message = `Log overflow (maximum ${MAX_LOG_LINES}). Remaining log lines omitted.`;
    lines.push({ level: "ERROR", message, timestamp, isTruncated: true });
    return;
  }
  const full = args.map((arg) => inspect(arg, { depth: 4, breakLength: Infinity })).join(" ");
  const bytes = Buffer.from(full);
  const isTruncated = bytes.length > MAX_LOG_LINE_BYTES;
  const message = isTruncated
    ? `${bytes
        .subarray(0, MAX_LOG_LINE_BYTES)
        .toString()
        .replace(/\uFFFD$/, "")} (truncated due to length)`
    : full;
  lines.push({ level, message, timestamp, isTruncated });
}
