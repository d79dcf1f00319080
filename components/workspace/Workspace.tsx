import type { ReactNode } from "react";
import { WorkspaceGate } from "./WorkspaceGate";
import { WorkspaceShell } from "./WorkspaceShell";

/** The signed-in part of Sunup: who may enter, then the frame around every page. */
export function Workspace({ children }: { children: ReactNode }) {
  return (
    <WorkspaceGate>
      <WorkspaceShell>{children}</WorkspaceShell>
    </WorkspaceGate>
  );
}
