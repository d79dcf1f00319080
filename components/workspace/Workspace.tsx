import type { ReactNode } from "react";
import { OwnDeployment } from "@/components/providers/Deployments";
import { ShellSkeleton } from "./ShellSkeleton";
import { WorkspaceGate } from "./WorkspaceGate";
import { WorkspaceShell } from "./WorkspaceShell";

/** The signed-in part of Sunup: who may enter, then the frame around every page. */
export function Workspace({ children }: { children: ReactNode }) {
  return (
    <OwnDeployment fallback={<ShellSkeleton />}>
      <WorkspaceGate>
        <WorkspaceShell>{children}</WorkspaceShell>
      </WorkspaceGate>
    </OwnDeployment>
  );
}
