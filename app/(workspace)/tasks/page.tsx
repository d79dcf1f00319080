import type { Metadata } from "next";
import { Tasks } from "@/components/tasks/Tasks";
import { RequirePermission } from "@/components/workspace/RequirePermission";

export const metadata: Metadata = { title: "Tasks" };

export default function TasksPage() {
  return (
    <RequirePermission permission="projects.read">
      <Tasks />
    </RequirePermission>
  );
}
