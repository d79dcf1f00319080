import { answerProblem, type SurveyAnswer, type SurveyAnswers } from "@/lib/surveyForm";

/** Answers that the server has not confirmed yet, by question; null clears one. */
export type AnswerDraft = Record<string, SurveyAnswer | null>;

/** The answers as the form shows them: what is not sent yet lies over what the server has. */
export function withDraft(answers: SurveyAnswers, draft: AnswerDraft): SurveyAnswers {
  const all = Object.entries({ ...answers, ...draft });
  return Object.fromEntries(
    all.filter((entry): entry is [string, SurveyAnswer] => entry[1] !== null),
  );
}

/** The draft without what has been confirmed; what was changed again in the meantime stays. */
export function withoutSent(draft: AnswerDraft, sent: AnswerDraft): AnswerDraft {
  return Object.fromEntries(
    Object.entries(draft).filter(
      ([question, answer]) => !Object.hasOwn(sent, question) || sent[question] !== answer,
    ),
  );
}

const keyOf = (surveyId: string) => `sunup-survey-${surveyId}`;

/** The draft that this browser keeps; what is broken or no longer asked is left out. */
export function keptDraft(storage: Storage, surveyId: string): AnswerDraft {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(surveyId)) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(
        ([question, answer]) => answer === null || answerProblem(question, answer) === null,
      ),
    ) as AnswerDraft;
  } catch {
    return {};
  }
}

/** Keeps the draft in this browser, so that it outlives the page. An empty one leaves nothing behind. */
export function keepDraft(storage: Storage, surveyId: string, draft: AnswerDraft): void {
  try {
    if (Object.keys(draft).length === 0) storage.removeItem(keyOf(surveyId));
    else storage.setItem(keyOf(surveyId), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: the draft lives as long as the page does.
  }
}
