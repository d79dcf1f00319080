"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link that stands in a list. Next fetches the page of every link in view in advance; of a list
 * that would be hundreds of requests, so this one's is fetched when somebody points at it.
 */
export function ListLink(props: Omit<ComponentProps<typeof Link>, "prefetch">) {
  const [wanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  return (
    <Link
      {...props}
      prefetch={wanted ? null : false}
      onPointerEnter={want}
      onFocus={want}
      onTouchStart={want}
    />
  );
}
