import { pick } from "convex-helpers";
import { useMutation } from "convex/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import type { SurveyAnswer } from "@/lib/surveyForm";
import type { SurveyDetail } from "../types";
import { type AnswerDraft, keepDraft, keptDraft, withDraft, withoutSent } from "./answerDraft";

/** How long to wait for the next letter before sending, and before trying again, in milliseconds. */
const TYPING_MS = 600;
const AGAIN_MS = 5_000;

/**
 * A survey's answers: each change is kept in this browser at once and sent when there is a
 * connection, also after the page was closed and opened again.
 */
export function useAnswers({ _id: surveyId, answers, status }: SurveyDetail) {
  const [draft, setDraft] = useState<AnswerDraft>(() => keptDraft(localStorage, surveyId));
  const [attempt, setAttempt] = useState(0);
  const sending = useRef(false);
  const save = useMutation(api.surveys.saveAnswers);

  const keep = useCallback(
    (change: (last: AnswerDraft) => AnswerDraft) =>
      setDraft((last) => {
        const next = change(last);
        keepDraft(localStorage, surveyId, next);
        return next;
      }),
    [surveyId],
  );

  useEffect(() => {
    if (sending.current || status !== "scheduled" || Object.keys(draft).length === 0) return;
    const timer = setTimeout(
      () => {
        sending.current = true;
        // Without a connection this waits; Convex's client sends it when there is one again.
        save({ surveyId, answers: draft })
          .then(() => {
            sending.current = false;
            keep((last) => withoutSent(last, draft));
            setAttempt(0);
          })
          .catch((thrown: unknown) => {
            sending.current = false;
            const refused = errorData(thrown);
            if (refused === null) return setAttempt((last) => last + 1);
            toastError(thrown);
            // What the server will never take must not hold up the other answers.
            const { field } = refused;
            if (field !== undefined) keep((last) => withoutSent(last, pick(draft, [field])));
          });
      },
      attempt === 0 ? TYPING_MS : AGAIN_MS,
    );
    return () => clearTimeout(timer);
  }, [draft, attempt, status, surveyId, save, keep]);

  return {
    values: status === "scheduled" ? withDraft(answers, draft) : answers,
    unsent: Object.keys(draft).length,
    answer: (question: string, value: SurveyAnswer | null) =>
      keep((last) => ({ ...last, [question]: value })),
  };
}
