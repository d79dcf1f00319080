import { z } from "zod";
import { calendarDay } from "./calendarDay.ts";
import { TEXT_LIMITS } from "./limits.ts";
import { hasVisibleCharacter } from "./signup.ts";

/** Where a task stands. A removed one can be brought back for a while, and is then gone. */
export const TASK_STATES = ["open", "done", "removed"] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** How long a removed task or view can be brought back, in milliseconds: longer than the Undo is shown. */
export const UNDO_MS = 10 * 60_000;

const title = z
  .string()
  .trim()
  .max(TEXT_LIMITS.taskTitle, `A task can have at most ${TEXT_LIMITS.taskTitle} characters.`)
  .refine((text) => hasVisibleCharacter(text), "Say what is to be done.");

/** What a task's form may hold. The server checks the same schema again. */
export const taskForm = z.object({
  title,
  dueDay: z.union([z.literal(""), calendarDay]).optional(),
});
export type TaskForm = z.infer<typeof taskForm>;

/** How urgent an open task is on a day, both days as "2026-11-23". */
export function urgencyOf(
  dueDay: string | undefined,
  today: string,
): "overdue" | "today" | "later" {
  if (dueDay === undefined || dueDay > today) return "later";
  return dueDay === today ? "today" : "overdue";
}
