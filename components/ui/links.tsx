"use client";

import { Anchor, Button, type AnchorProps, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type To = { href: ComponentProps<typeof Link>["href"]; children: ReactNode; "aria-label"?: string };

/** A button that goes to a page. Also for server components, which cannot hand `Link` to Mantine. */
export function ButtonLink(props: ButtonProps & To) {
  return <Button component={Link} {...props} />;
}

/** A text link to a page, likewise. */
export function AnchorLink(props: AnchorProps & To) {
  return <Anchor component={Link} {...props} />;
}
