import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A stage with what an edit of it needs. */
export type EditableStage = FunctionReturnType<typeof api.pipelineStages.editable>[number];
