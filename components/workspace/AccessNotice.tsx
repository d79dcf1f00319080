"use client";

import { useClerk } from "@clerk/nextjs";
import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";
import { PlainButton } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { describeError } from "@/lib/errors";
import classes from "./AccessNotice.module.css";

type AccessNoticeProps = {
  error?: Error;
  /** More exact than the error's own. */
  words?: { title: string; body: ReactNode };
};

/** The whole page when the workspace stays closed: why, whom to ask, and the way out. */
export function AccessNotice({ error, words }: AccessNoticeProps) {
  const { signOut } = useClerk();
  const { title, message, nextStep } = error ? describeError(error) : UNREACHABLE;
  return (
    <main className={classes.page}>
      <Logo />
      <Notice
        role="alert"
        order={1}
        icon={<IconLock size={26} stroke={1.6} aria-hidden />}
        title={words?.title ?? title}
        actions={
          <>
            <PlainButton onClick={() => window.location.reload()}>Try again</PlainButton>
            <PlainButton onClick={() => void signOut({ redirectUrl: "/" })}>Sign out</PlainButton>
          </>
        }
      >
        {words?.body ?? `${message} ${nextStep}`}
      </Notice>
    </main>
  );
}

const UNREACHABLE = {
  title: "Your workspace does not answer",
  message: "You are signed in, but the database did not accept your session.",
  nextStep: "Try again, or sign out and in.",
};
