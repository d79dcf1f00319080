import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A project as the list shows it. */
export type ProjectRow = FunctionReturnType<typeof api.projects.list>["page"][number];

/** A project with everything its page shows. */
export type ProjectDetail = FunctionReturnType<typeof api.projects.get>;

/** A pipeline stage. */
export type Stage = FunctionReturnType<typeof api.pipelineStages.list>[number];

/** A person of the company, as lists and pickers name them. */
export type MemberName = FunctionReturnType<typeof api.members.names>[number];

/** What `projects.list` is asked for, apart from the page. */
export type ProjectsQuery = Omit<FunctionArgs<typeof api.projects.list>, "paginationOpts">;
