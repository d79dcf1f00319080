"use client";

import type { ReactNode } from "react";
import { AppFrame } from "@/components/frame/AppFrame";
import { DeploymentSelect } from "./DeploymentSelect";
import { CONSOLE, consolePagesFor } from "./navigation";
import { STAFF_LEVEL_WORDS } from "./staffWords";
import { useStaff } from "./StaffContext";
import classes from "./AdminShell.module.css";

const ADDRESSES = CONSOLE.map(({ href }) => href);

/** The frame around every page of the staff's console. */
export function AdminShell({ children }: { children: ReactNode }) {
  const staff = useStaff();
  return (
    <AppFrame
      home="/admin"
      pages={consolePagesFor(staff.level)}
      addresses={ADDRESSES}
      person={staff}
      top={
        <>
          <p className={classes.where}>
            <span className={classes.title}>Staff console</span>
            <span className={classes.level}>{STAFF_LEVEL_WORDS[staff.level].name}</span>
          </p>
          <DeploymentSelect />
        </>
      }
      phoneTools={<span className={classes.title}>Staff console</span>}
    >
      {children}
    </AppFrame>
  );
}
