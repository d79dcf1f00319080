import { Anchor, Container } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";

/** A page with nothing but the logo above it. */
export function PlainFrame({ children }: { children: ReactNode }) {
  return (
    <Container size="lg" py="lg">
      <header style={{ marginBottom: 32 }}>
        <Anchor component={Link} href="/" c="inherit" underline="never" aria-label="Sunup, home">
          <Logo />
        </Anchor>
      </header>
      <main>{children}</main>
    </Container>
  );
}
