import type { ComponentProps } from "react";
import { HoverPrefetchLink } from "./HoverPrefetchLink";
import classes from "./links.module.css";

type Variant = "filled" | "default";

/**
 * A link, and below it a button, that look like Mantine's Button and are plain CSS: for server
 * components, and for the error pages, whose script every page loads in advance.
 */
export function ButtonLink({
  variant = "filled",
  ...link
}: ComponentProps<typeof HoverPrefetchLink> & { variant?: Variant }) {
  return <HoverPrefetchLink {...link} className={classes.button} data-variant={variant} />;
}

export function PlainButton({
  variant = "default",
  ...button
}: ComponentProps<"button"> & { variant?: Variant }) {
  return <button type="button" {...button} className={classes.button} data-variant={variant} />;
}

type AnchorLinkProps = Omit<ComponentProps<typeof HoverPrefetchLink>, "style"> & {
  /** For a link that stands alone; others are as large as their text. */
  size?: "sm";
  fw?: number;
  /** Distance above, in pixels. */
  mt?: number;
  display?: "inline-block";
  /** Always, where the link stands in a line of text; otherwise under the pointer. */
  underline?: "always" | "hover";
};

/** A text link to a page, with the few of Mantine's style props that ours use. */
export function AnchorLink(props: AnchorLinkProps) {
  const { size, fw, mt, display, underline, className, ...link } = props;
  return (
    <HoverPrefetchLink
      {...link}
      className={className ? `${classes.anchor} ${className}` : classes.anchor}
      data-size={size}
      data-underline={underline}
      style={{ fontWeight: fw, marginTop: mt, display }}
    />
  );
}
