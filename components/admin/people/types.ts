import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

type People = FunctionReturnType<typeof api.staff.people.list>;
export type StaffPerson = People["staff"][number];
export type Appointment = People["appointments"][number];
