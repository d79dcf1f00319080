import type { StoreErrorCode } from "./types.ts";

/** A refusal by the store: `message` is for the developer, `code` for the engine. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = "StoreError";
    this.code = code;
  }
}
