import { ROOF_TYPE_NAMES } from "./projects.ts";

/** What a question of the survey takes. Numbers are whole unless `decimal`. */
type Answering =
  | { kind: "number"; min: number; max: number; unit: string; decimal?: true }
  | { kind: "choice"; names: Record<string, string> }
  | { kind: "yesNo" }
  | { kind: "text"; max: number };

export type Question = Answering & { label: string; required: boolean; help?: string };

export type SurveyAnswer = string | number | boolean;
export type SurveyAnswers = Record<string, SurveyAnswer>;

/** Everything that is measured and looked at on site, by the place where one stands when doing it. */
export const SURVEY_SECTIONS = [
  {
    title: "Roof",
    questions: {
      roofType: { label: "Kind of roof", kind: "choice", names: ROOF_TYPE_NAMES, required: true },
      roofAgeYears: {
        ...{ label: "Age of the roof", kind: "number", min: 0, max: 200, unit: "years" },
        required: true,
      },
      roofPitch: {
        ...{ label: "Pitch", kind: "number", min: 0, max: 24, unit: "in 12", decimal: true },
        ...{ required: true, help: "Inches of rise on 12 inches of run; 0 is flat." },
      },
      rafterSpacing: {
        ...{ label: "Rafter spacing", kind: "number", min: 6, max: 72, unit: "inches" },
        ...{ decimal: true, required: true, help: "Center to center, measured in two places." },
      },
      rafterSize: {
        ...{ label: "Rafters", kind: "choice", required: false },
        names: { "2x4": "2×4", "2x6": "2×6", "2x8": "2×8", "2x10": "2×10", truss: "Truss" },
      },
      shading: {
        ...{ label: "Shade", kind: "choice", required: true },
        names: { none: "None", some: "Some", heavy: "Heavy" },
      },
    },
    photos: {
      house: { label: "House from the street", required: true },
      roof: { label: "Each side of the roof", required: true },
    },
  },
  {
    title: "Attic",
    questions: {
      atticAccess: { label: "Is there a way into the attic?", kind: "yesNo", required: true },
    },
    photos: { attic: { label: "Rafters in the attic", required: true, onlyIf: "atticAccess" } },
  },
  {
    title: "Main panel",
    questions: {
      mainPanelAmps: {
        ...{ label: "Main panel", kind: "number", min: 30, max: 6_000, unit: "A" },
        ...{ required: true, help: "The figure on the main breaker." },
      },
      busbarAmps: {
        ...{ label: "Busbar", kind: "number", min: 30, max: 6_000, unit: "A" },
        ...{ required: false, help: "On the panel's label." },
      },
      freeSpaces: {
        ...{ label: "Free breaker spaces", kind: "number", min: 0, max: 100, unit: "" },
        required: true,
      },
    },
    photos: {
      mainPanel: { label: "Main panel with its cover off", required: true },
      panelLabel: { label: "The panel's label", required: true },
    },
  },
  {
    title: "Meter and access",
    questions: {
      meterNumber: { label: "Meter number", kind: "text", max: 60, required: false },
      accessNotes: {
        ...{ label: "Access", kind: "text", max: 1_000, required: false },
        help: "Gates, dogs, where a truck can stand.",
      },
    },
    photos: { meter: { label: "Meter", required: true } },
  },
] as const satisfies readonly SurveySection[];

export type SurveySection = {
  title: string;
  questions: Record<string, Question>;
  /** `onlyIf` names a yes/no question: the photo is needed when the answer is yes. */
  photos: Record<string, { label: string; required: boolean; onlyIf?: string }>;
};

const SECTIONS: readonly SurveySection[] = SURVEY_SECTIONS;

export const QUESTIONS: Record<string, Question> = Object.assign(
  {},
  ...SECTIONS.map(({ questions }) => questions),
) as Record<string, Question>;

export const PHOTO_SLOTS: SurveySection["photos"] = Object.assign(
  {},
  ...SECTIONS.map(({ photos }) => photos),
) as SurveySection["photos"];

/** So many photos one survey can have. */
export const MAX_SURVEY_PHOTOS = 60;

/** What is wrong with an answer, as a sentence, or null. Answers to no question are wrong too. */
export function answerProblem(key: string, answer: unknown): string | null {
  const question = Object.hasOwn(QUESTIONS, key) ? QUESTIONS[key] : undefined;
  if (!question) return "The survey does not ask this.";
  switch (question.kind) {
    case "number": {
      const { min, max, decimal } = question;
      const fits = typeof answer === "number" && answer >= min && answer <= max;
      if (fits && (decimal || Number.isInteger(answer))) return null;
      return `Enter ${decimal ? "a number" : "a whole number"} from ${min} to ${max}.`;
    }
    case "choice":
      return typeof answer === "string" && Object.hasOwn(question.names, answer)
        ? null
        : "Choose one of these.";
    case "yesNo":
      return typeof answer === "boolean" ? null : "Answer yes or no.";
    case "text":
      return typeof answer === "string" && answer.trim() !== "" && answer.length <= question.max
        ? null
        : `At most ${question.max} characters.`;
  }
}

/** What the survey still lacks: questions and photos, by the words of the form, in its order. */
export function missingOf(answers: SurveyAnswers, photoSlots: readonly string[]): string[] {
  return SECTIONS.flatMap(({ questions, photos }) => [
    ...Object.entries(questions)
      .filter(([key, { required }]) => required && answers[key] === undefined)
      .map(([, { label }]) => label),
    ...Object.entries(photos)
      .filter(([slot]) => isPhotoNeeded(slot, answers) && !photoSlots.includes(slot))
      .map(([, { label }]) => `Photo: ${label}`),
  ]);
}

/** Whether a survey with these answers needs the photo. */
export function isPhotoNeeded(slot: string, answers: SurveyAnswers): boolean {
  const photo = PHOTO_SLOTS[slot];
  if (!photo?.required) return false;
  return photo.onlyIf === undefined || answers[photo.onlyIf] === true;
}

/** An answer as a person reads it. */
export function shownAnswer(key: string, answer: SurveyAnswer): string {
  const question = QUESTIONS[key];
  if (question?.kind === "choice") return question.names[String(answer)] ?? String(answer);
  if (question?.kind === "number") return `${answer} ${question.unit}`.trim();
  if (typeof answer === "boolean") return answer ? "Yes" : "No";
  return String(answer);
}
