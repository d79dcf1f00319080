/**
 * Something a person can put right: its message is one clear sentence, which the launcher prints
 * without a stack before it exits with code 1.
 */
export class Problem extends Error {
  override name = "Problem";
}

/** The operating system's short code of an error (ENOENT, EADDRINUSE, …), or "" when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
