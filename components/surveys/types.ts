import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A survey as the calendar shows it. */
export type CalendarSurvey = FunctionReturnType<typeof api.surveys.between>["surveys"][number];

/** A survey with its answers and photos. */
export type SurveyDetail = FunctionReturnType<typeof api.surveys.get>;

/** A survey as its project shows it. */
export type ProjectSurvey = FunctionReturnType<typeof api.surveys.ofProject>[number];
