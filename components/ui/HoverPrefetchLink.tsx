"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link to a page of the app. Next would fetch the page of every link in view in advance, which
 * keeps server and browser busy just when the page that was asked for loads; this one's is fetched
 * when somebody points at it.
 */
export function HoverPrefetchLink(props: Omit<ComponentProps<typeof Link>, "prefetch">) {
  const { onPointerEnter, onFocus, ...link } = props;
  const [wanted, setWanted] = useState(false);
  return (
    <Link
      {...link}
      prefetch={wanted ? null : false}
      onPointerEnter={(event) => {
        setWanted(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setWanted(true);
        onFocus?.(event);
      }}
    />
  );
}
