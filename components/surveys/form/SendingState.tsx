"use client";

import { useConvexConnectionState } from "convex/react";
import classes from "../Surveys.module.css";

type SendingStateProps = {
  /** How many answers and photos are only on this device so far. */
  answers: number;
  photos: number;
};

/** Whether everything has arrived, always in view: nobody drives off with a survey in the pocket. */
export function SendingState({ answers, photos }: SendingStateProps) {
  const { isWebSocketConnected } = useConvexConnectionState();
  const open = answers + photos;
  return (
    <p className={classes.state} role="status" data-open={open > 0 || undefined}>
      {open === 0
        ? "Everything is saved."
        : isWebSocketConnected
          ? `Saving ${what(answers, photos)} …`
          : `No connection. ${what(answers, photos)} kept on this device, sent when you are back.`}
    </p>
  );
}

function what(answers: number, photos: number): string {
  const count = (number: number, one: string) =>
    number === 0 ? [] : [`${number} ${one}${number === 1 ? "" : "s"}`];
  return [...count(answers, "answer"), ...count(photos, "photo")].join(" and ");
}
