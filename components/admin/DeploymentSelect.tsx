"use client";

import { useRouter } from "next/navigation";
import { useDeployments } from "@/components/providers/Deployments";
import {
  chooseConsoleDeployment,
  useConsoleDeployment,
} from "@/components/providers/consoleDeployment";
import { HOME } from "@/lib/shards";
import classes from "./AdminShell.module.css";

/** Which deployment's companies the console shows; nothing where there is one only. */
export function DeploymentSelect() {
  const others = Object.keys(useDeployments());
  const chosen = useConsoleDeployment();
  const router = useRouter();
  if (others.length === 0) return null;
  return (
    <label className={classes.deployment}>
      Deployment
      <select
        value={others.includes(chosen) ? chosen : HOME}
        onChange={({ currentTarget: { value } }) => {
          // A page about one company means nothing on another deployment.
          router.push("/admin");
          chooseConsoleDeployment(value);
        }}
      >
        {[HOME, ...others].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
