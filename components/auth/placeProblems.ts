import type { UseFormReturnType } from "@mantine/form";
import type { Problem } from "./clerkProblems";

/**
 * Puts each problem on its field of the form and the cursor into the first of them.
 * Returns the words for those that belong to no field of this form.
 */
export function placeProblems<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  problems: readonly Problem[],
): string | undefined {
  const values = form.getValues();
  const [own, others] = [
    problems.filter(({ field }) => field !== undefined && field in values),
    problems.filter(({ field }) => field === undefined || !(field in values)),
  ];
  for (const { field, message } of own) form.setFieldError(field as string, message);
  const first = own[0]?.field;
  if (first) form.getInputNode(first)?.focus();
  return others.map(({ message }) => message).join(" ") || undefined;
}
