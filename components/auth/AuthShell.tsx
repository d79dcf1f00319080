import { Center, Loader, Text, Title } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";
import classes from "./AuthShell.module.css";
import { Sunrise } from "./Sunrise";

type AuthShellProps = { title: string; intro?: ReactNode; children: ReactNode; footer?: ReactNode };

/** The page around every form of signing up and in: the form, and at a desk the sunrise beside it. */
export function AuthShell({ title, intro, children, footer }: AuthShellProps) {
  return (
    <div className={classes.page}>
      <div className={classes.side}>
        <header className={classes.head}>
          <Link href="/" className={classes.home} aria-label="Sunup, home">
            <Logo />
          </Link>
        </header>
        <main className={classes.main}>
          <Title order={1}>{title}</Title>
          {intro && (
            <Text c="dimmed" mt={6}>
              {intro}
            </Text>
          )}
          <div className={classes.content}>{children}</div>
          {footer && <div className={classes.footer}>{footer}</div>}
        </main>
      </div>
      <aside className={classes.scene} aria-hidden="true">
        <Sunrise />
        <p className={classes.line}>From signed contract to permission to operate.</p>
      </aside>
    </div>
  );
}

/** In place of a form while the session loads or the next page opens. */
export function AuthLoading() {
  return (
    <AuthShell title="One moment…">
      <Center h={160} role="status">
        <Loader aria-label="Loading" />
      </Center>
    </AuthShell>
  );
}
