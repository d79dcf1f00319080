import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { useExclusive } from "@/components/ui/useExclusive";
import { clerkProblems, type Problem } from "./clerkProblems";
import { placeProblems } from "./placeProblems";

/**
 * Submits a form of signing up or in, one submission at a time. Problems go to their fields; what
 * belongs to none is `alert`, also when `onSubmit` throws.
 */
export function useAuthSubmit<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  onSubmit: (values: Values) => Promise<Problem[]>,
  initialAlert?: string,
) {
  const [alert, setAlert] = useState(initialAlert);
  const [submit, submitting] = useExclusive(async (values: Values) => {
    setAlert(undefined);
    const problems = await onSubmit(values).catch(clerkProblems);
    setAlert(placeProblems(form, problems));
  });
  return { alert, setAlert, submit, submitting };
}
