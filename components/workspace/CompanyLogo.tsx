"use client";

import { StoredImage } from "@/components/files/StoredImage";
import { useMember } from "./MemberContext";
import classes from "./CompanyLogo.module.css";

/** The company's logo beside its name, or nothing. */
export function CompanyLogo({ size }: { size: number }) {
  const { tenant } = useMember();
  if (tenant.logoId === undefined) return null;
  return (
    <StoredImage
      fileId={tenant.logoId}
      alt={`Logo of ${tenant.name}`}
      className={classes.logo}
      size={size}
    />
  );
}
