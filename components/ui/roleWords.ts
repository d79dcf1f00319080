import type { Role } from "@/lib/roles";

/** What each role is for, in one sentence. */
export const ROLE_WORK: Record<Role, string> = {
  "System Administrator": "Sets up the company, its team and its plan.",
  Manager: "Sees every job and lead and keeps them moving.",
  Sales: "Works leads until there is a signature.",
  "Project Manager": "Takes each job from survey to permission to operate.",
  Installer: "Opens the job on site and reports from it.",
  Viewer: "Looks, and changes nothing.",
};
