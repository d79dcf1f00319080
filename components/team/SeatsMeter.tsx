"use client";

import { Progress } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { seatsAdvice, seatsWords } from "./seatsWords";
import classes from "./SeatsMeter.module.css";

/** How many places of the plan are taken, and what to do when none is left. For `team.manage`. */
export function SeatsMeter() {
  const { tenant } = useMember();
  const seats = useLiveQuery(api.members.seats, {});
  if (seats.status !== "ready") return null;
  const { used, limit } = seats.data;
  return (
    <Panel>
      <div className={classes.meter}>
        <div className={classes.words}>
          <p className={classes.count}>{seatsWords(seats.data)}</p>
          <p className={classes.advice}>{seatsAdvice(seats.data, tenant.plan)}</p>
        </div>
        {limit !== null && (
          <Progress
            className={classes.bar}
            value={Math.min(100, (100 * used) / limit)}
            color={used >= limit ? "sun" : "lake"}
            size="lg"
            aria-label="Places used"
          />
        )}
      </div>
    </Panel>
  );
}
