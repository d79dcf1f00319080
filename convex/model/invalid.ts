import type { z } from "zod";
import { sunupError } from "../../lib/errors";

/** The parsed value, or INVALID with the first wrong field and its sentence. */
export function parseOrInvalid<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw sunupError("INVALID", { message: issue?.message, field: issue?.path.join(".") });
}
