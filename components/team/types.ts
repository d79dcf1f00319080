import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

export type TeamMember = FunctionReturnType<typeof api.members.list>["page"][number];
export type Invitation = FunctionReturnType<typeof api.invitations.list>[number];
export type Seats = FunctionReturnType<typeof api.members.seats>;
