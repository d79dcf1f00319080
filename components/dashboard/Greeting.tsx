"use client";

import { useMember } from "@/components/workspace/MemberContext";
import { greetingAt } from "./greetingAt";

/** Greets by the reader's own clock: the workspace is only ever drawn in the browser. */
export function Greeting() {
  const { name } = useMember().person;
  return (
    <>
      {greetingAt(new Date().getHours())}, <bdi>{name.trim().split(/\s+/)[0]}</bdi>
    </>
  );
}
