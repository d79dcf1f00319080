"use client";

import dynamic from "next/dynamic";
import { formatDate } from "@/lib/format";
import { Banner } from "./Banner";
import { useMember } from "./MemberContext";

const KeepCompanyButton = dynamic(() =>
  import("@/components/settings/danger/KeepCompanyButton").then((m) => m.KeepCompanyButton),
);

/**
 * Over every page of a company that is to be closed: until when, and for administrators the way
 * back. The frame is always there, so that a screen reader hears of what appears in it.
 */
export function ClosingBanner() {
  const { tenant, canAsMember } = useMember();
  const { closing } = tenant;
  return (
    <div role="status">
      {closing && (
        <Banner action={canAsMember("settings.manage") && <KeepCompanyButton />}>
          <strong>
            <bdi>{tenant.name}</bdi> will be closed on {formatDate(closing.closesAt)}.
          </strong>{" "}
          <bdi>{closing.requestedBy}</bdi> asked for it. Until then everything works as before
          {canAsMember("settings.manage") ? "." : ", and an administrator can keep it."}
        </Banner>
      )}
    </div>
  );
}
